package dev.pounce.config;

import java.time.Duration;

/** Deploying while the server runs. */
public record DeploymentConfig(
        @Setting(
                        value =
                                "How long nothing may have changed in an application until it"
                                        + " is taken for complete and deployed; where it came"
                                        + " with longer pauses, twice the longest of them.",
                        min = "0",
                        max = "1h")
                Duration quiet,
        @Setting(value = "Time between two looks at `webapps`.", min = "10ms", max = "1h")
                Duration scan,
        @Setting(
                        value =
                                "How long a request waits for an application that is being"
                                        + " restarted; then it is answered with 503.",
                        min = "0",
                        max = "1h")
                Duration restartWait,
        @Setting(
                        "Whether an older version of an application (`name##version`) ends when"
                                + " its last session has, instead of waiting to become the"
                                + " newest again.")
                boolean undeployOldVersions) {

    /**
     * Checks the settings.
     *
     * @throws ConfigException for the first that is out of its bounds
     */
    public DeploymentConfig {
        ServerConfig.schema()
                .check(DeploymentConfig.class, quiet, scan, restartWait, undeployOldVersions);
    }
}
