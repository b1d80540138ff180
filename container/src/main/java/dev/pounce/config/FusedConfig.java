package dev.pounce.config;

/** Fused handlers. */
public record FusedConfig(
        @Setting(
                        value =
                                "Size of a request's body that is collected before a fused"
                                        + " handler is called; more is answered with 413.",
                        min = "0",
                        max = "1GiB",
                        bytes = true,
                        app = Setting.App.ANY)
                int maxBody) {

    /**
     * Checks the settings.
     *
     * @throws ConfigException for the first that is out of its bounds
     */
    public FusedConfig {
        ServerConfig.schema().check(FusedConfig.class, maxBody);
    }
}
