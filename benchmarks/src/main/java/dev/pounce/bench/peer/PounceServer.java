package dev.pounce.bench.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pounce.Pounce;
import dev.pounce.bench.app.Burn;
import dev.pounce.bench.app.Content;
import dev.pounce.config.ServerConfig;
import dev.pounce.route.FusedRoute;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Fused handlers, with the configuration that nothing was set in but the settings that are given as
 * arguments, such as {@code workers=1}.
 */
public final class PounceServer {

    /** What {@code bin/pounce} starts the JVM with. */
    static final List<String> OPTIONS =
            List.of(
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:+UseParallelGC",
                    "-XX:Tier3InvocationThreshold=1000",
                    "-XX:Tier3MinInvocationThreshold=500",
                    "-XX:Tier3CompileThreshold=10000");

    private static final byte[] BODY = Content.HELLO.getBytes(US_ASCII);

    private PounceServer() {}

    /** Runs until the end of standard input. */
    public static void main(String[] args) throws Exception {
        Pounce server = Pounce.create(config(List.of(args)));
        server.fused(
                "",
                FusedRoute.bytes("/hello", request -> BODY.clone())
                        .contentType("text/plain; charset=utf-8"));
        server.fused("", FusedRoute.text("/burn", request -> Burn.answer()));
        server.start();
        Standby.serve(server.port());
    }

    /**
     * The defaults on a free port of the loopback address, with these settings, and with room for
     * as many connections as are measured.
     */
    static ServerConfig config(List<String> settings) {
        ServerConfig config =
                ServerConfig.defaults()
                        .withHost("127.0.0.1")
                        .withPort(0)
                        .with("limits.connections", "20000");
        Optional<Duration> keepAlive = Standby.keepAlive();
        if (keepAlive.isPresent()) {
            config = config.with("keep_alive.timeout", keepAlive.get().toSeconds() + "s");
        }
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            config = config.with(parts[0], parts[1]);
        }
        return config;
    }
}
