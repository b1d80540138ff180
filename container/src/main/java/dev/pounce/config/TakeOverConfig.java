package dev.pounce.config;

import java.time.Duration;

/** Handing a worker's loop on from a handler that takes long. */
public record TakeOverConfig(
        @Setting(
                        value =
                                "Whether it is done. Without it a fused handler that waits or"
                                        + " computes keeps all connections of its worker"
                                        + " waiting, and servlets and files are served by"
                                        + " virtual threads only.",
                        restart = true)
                boolean enabled,
        @Setting(
                        value =
                                "A handler that has run for this long loses the loop, at the"
                                        + " latest after twice this time, or after five times"
                                        + " this time when no other one has lately.",
                        min = "1ms",
                        max = "1m",
                        restart = true)
                Duration after,
        @Setting(
                        value =
                                "Threads of each worker, the one that leads it among them. When"
                                        + " all others are in handlers that take long, the next"
                                        + " such handler keeps the loop. Up to 64 more, for all"
                                        + " workers together, have the requests of servlets that"
                                        + " have proven slow; those beyond them get virtual"
                                        + " threads.",
                        min = "2",
                        max = "10000",
                        restart = true)
                int threads) {

    /**
     * Checks the settings.
     *
     * @throws ConfigException for the first that is out of its bounds
     */
    public TakeOverConfig {
        ServerConfig.schema().check(TakeOverConfig.class, enabled, after, threads);
    }
}
