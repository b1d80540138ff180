package dev.pounce.config;

/** Identifiers of requests. */
public record RequestIdConfig(
        @Setting(
                        value =
                                "Whether an X-Request-Id field of the client names its request,"
                                        + " if it is a token of at most 128 characters. For servers"
                                        + " behind a proxy that sets it.",
                        restart = true)
                boolean trust,
        @Setting(value = "Whether responses carry the identifier in X-Request-Id.", restart = true)
                boolean header) {

    /**
     * Checks the settings.
     *
     * @throws ConfigException for the first that is out of its bounds
     */
    public RequestIdConfig {
        ServerConfig.schema().check(RequestIdConfig.class, trust, header);
    }
}
