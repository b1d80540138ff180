package dev.pounce.config;

import java.time.Duration;

/** Requests that take long. */
public record SlowRequestConfig(
        @Setting(
                        value =
                                "How long a request may take until its response is complete or,"
                                        + " where it streams, begins; what takes longer is slow. 0"
                                        + " is no limit.",
                        min = "0",
                        max = "1d",
                        restart = true)
                Duration after) {

    /**
     * Checks the settings.
     *
     * @throws ConfigException for the first that is out of its bounds
     */
    public SlowRequestConfig {
        ServerConfig.schema().check(SlowRequestConfig.class, after);
    }
}
