package dev.pounce.config;

import java.time.Duration;

/** Requests that may wait. */
public record RequestsConfig(
        @Setting(
                        value =
                                "Requests that run at a time; asynchronous ones do not count"
                                        + " while no thread works for them. Those beyond it"
                                        + " wait in the order in which they came.",
                        min = "1",
                        max = "10000000",
                        restart = true,
                        app = Setting.App.ANY)
                int concurrent,
        @Setting(
                        value =
                                "Requests that wait at a time; one more is answered with 503 at"
                                        + " once.",
                        min = "0",
                        max = "10000000",
                        restart = true,
                        app = Setting.App.ANY)
                int queue,
        @Setting(
                        value = "How long a request may wait; then it is answered with 503.",
                        min = "1ms",
                        max = "1h",
                        restart = true,
                        app = Setting.App.ANY)
                Duration maxWait) {

    /**
     * Checks the settings.
     *
     * @throws ConfigException for the first that is out of its bounds
     */
    public RequestsConfig {
        ServerConfig.schema().check(RequestsConfig.class, concurrent, queue, maxWait);
    }
}
