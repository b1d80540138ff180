package dev.pounce.config;

/** Paths at which the server says how it is. */
public record HealthConfig(
        @Setting(
                        "Answers 200 while the server takes requests, and 503 from the moment"
                                + " at which it was told to stop; `none` for no such path.")
                String readyPath,
        @Setting("Answers 200 as long as the server runs; `none` for no such path.")
                String livePath) {

    /** The value that stands for no path. */
    public static final String NONE = "none";

    /**
     * Checks the settings.
     *
     * @throws ConfigException for the first that is no path
     */
    public HealthConfig {
        ServerConfig.schema().check(HealthConfig.class, readyPath, livePath);
        checkPath("health.ready_path", readyPath);
        checkPath("health.live_path", livePath);
        if (readyPath.equals(livePath) && !readyPath.equals(NONE)) {
            throw new ConfigException(
                    "health.live_path", livePath + " is the health.ready_path already");
        }
    }

    private static void checkPath(String setting, String path) {
        if (!path.equals(NONE) && !path.matches("/[A-Za-z0-9._~/-]*")) {
            throw new ConfigException(
                    setting,
                    "\""
                            + path
                            + "\" is neither none nor a path of letters, digits and ._~/- that"
                            + " begins with a slash");
        }
    }
}
