package dev.pounce.config;

import java.time.Duration;

/** How long things may take. */
public record TimeoutsConfig(
        @Setting(
                        value = "From the first byte of a request's head to its last.",
                        min = "1ms",
                        max = "1d")
                Duration head,
        @Setting(
                        value =
                                "How long a request's body may be waited for; with"
                                        + " `limits.body_rate` what came adds to it, without it"
                                        + " each time when nothing comes counts for itself.",
                        min = "1ms",
                        max = "1d",
                        app = Setting.App.ANY)
                Duration body,
        @Setting(
                        value = "How long a client may take nothing of its response.",
                        min = "1ms",
                        max = "1d",
                        app = Setting.App.ANY)
                Duration write,
        @Setting(
                        value =
                                "How long a connection that is closed after an error is still"
                                        + " read, so that the client sees the answer.",
                        min = "0",
                        max = "1m")
                Duration linger,
        @Setting(
                        value =
                                "How long a server that was told to stop goes on as before,"
                                        + " except that it says that it is not ready"
                                        + " (`health.ready_path`): the time in which a load"
                                        + " balancer notices.",
                        min = "0",
                        max = "1d")
                Duration drainDelay,
        @Setting(
                        value =
                                "How long requests that run may go on after the server was told"
                                        + " to stop and `timeouts.drain_delay` was over; what is"
                                        + " there still is cut off.",
                        min = "0",
                        max = "1d")
                Duration shutdown,
        @Setting(
                        value =
                                "How long requests that run may go on after their application"
                                        + " was undeployed; then it is closed under them.",
                        min = "0",
                        max = "1d",
                        app = Setting.App.ANY)
                Duration undeploy) {

    /**
     * Checks the settings.
     *
     * @throws ConfigException for the first that is out of its bounds
     */
    public TimeoutsConfig {
        ServerConfig.schema()
                .check(
                        TimeoutsConfig.class,
                        head,
                        body,
                        write,
                        linger,
                        drainDelay,
                        shutdown,
                        undeploy);
    }
}
