package dev.pounce.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The whole configuration of a server. Every component is a setting of {@code conf/pounce.yaml},
 * whose name is the component's in snake case.
 */
public record ServerConfig(
        String host,
        int port,
        int workers,
        boolean cpuAffinity,
        Accept accept,
        int backlog,
        ServerTiming serverTiming,
        Path webapps,
        Compression compression,
        KeepAlive keepAlive,
        Limits limits,
        Timeouts timeouts,
        Fused fused) {

    /** How connections are accepted. */
    public enum Accept {
        /** A listener per worker where the platform has {@code SO_REUSEPORT}, else shared. */
        AUTO,
        /** One {@code SO_REUSEPORT} listener per worker. */
        REUSE_PORT,
        /** One acceptor that deals connections to the worker with the fewest. */
        SHARED
    }

    /** Whether responses carry a Server-Timing field. */
    public enum ServerTiming {
        OFF,
        ON
    }

    /** Content codings of responses. */
    public record Compression(
            boolean enabled, long minSize, List<String> types, long memory, Zstd zstd, Gzip gzip) {}

    /** The zstd coding (RFC 8878); {@code window_log} is 10 to 23 (RFC 9659). */
    public record Zstd(boolean enabled, int level, int windowLog) {}

    /** The gzip coding (RFC 1952). */
    public record Gzip(boolean enabled, int level) {}

    /** Persistent connections (RFC 9112 section 9.3); {@code max_requests} 0 means no limit. */
    public record KeepAlive(Duration timeout, int maxRequests) {}

    /** Bounds on what a peer may send; sizes in bytes. */
    public record Limits(
            int head, int requestLine, int fields, long body, long maxSwallow, int connections) {}

    /** How long things may take. */
    public record Timeouts(
            Duration head, Duration body, Duration write, Duration linger, Duration shutdown) {}

    /** Fused handlers. */
    public record Fused(int maxBody) {}

    /** The configuration of a server for which nothing was set. */
    public static ServerConfig defaults() {
        return new ServerConfig(
                "0.0.0.0",
                8080,
                0,
                false,
                Accept.AUTO,
                2048,
                ServerTiming.OFF,
                Path.of("webapps"),
                new Compression(
                        true,
                        500,
                        List.of(
                                "text/*",
                                "application/json",
                                "application/javascript",
                                "application/xml",
                                "application/x-ndjson",
                                "application/wasm",
                                "application/manifest+json",
                                "image/svg+xml",
                                "*/*+json",
                                "*/*+xml"),
                        256L << 20,
                        new Zstd(true, 1, 17),
                        new Gzip(true, 5)),
                new KeepAlive(Duration.ofSeconds(5), 0),
                new Limits(64 << 10, 16 << 10, 100, 0, 2 << 20, 10_000),
                new Timeouts(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10)),
                new Fused(1 << 20));
    }
}
