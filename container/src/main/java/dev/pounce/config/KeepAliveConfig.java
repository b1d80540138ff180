package dev.pounce.config;

import java.time.Duration;

/** Persistent connections (RFC 9112 section 9.3). */
public record KeepAliveConfig(
        @Setting(
                        value = "How long a connection may stay open without a request.",
                        min = "1ms",
                        max = "1d")
                Duration timeout,
        @Setting(
                        value =
                                "Requests after which a connection is closed; 0 is no limit, 1"
                                        + " closes it after every response.",
                        min = "0")
                int maxRequests) {

    /**
     * Checks the settings.
     *
     * @throws ConfigException for the first that is out of its bounds
     */
    public KeepAliveConfig {
        ServerConfig.schema().check(KeepAliveConfig.class, timeout, maxRequests);
    }
}
