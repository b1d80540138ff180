package dev.pounce.config;

import java.util.List;

/** For those who develop an application. */
public record DevelopmentConfig(
        @Setting(
                        value =
                                "Whether a request to an application whose classes, libraries"
                                        + " or descriptor have changed deploys it anew first, and"
                                        + " errors and failed deployments are answered with pages"
                                        + " that show their reasons and sources. `pounce run --dev`"
                                        + " sets it.",
                        restart = true)
                boolean enabled,
        @Setting(
                        value =
                                "Whether all clients are shown that, and not only those at this"
                                        + " machine that ask for `localhost` and come through no"
                                        + " proxy.",
                        restart = true)
                boolean remote,
        @Setting(
                        value =
                                "Folders with Java sources, besides `WEB-INF/src` of the"
                                        + " application and `src/main/java` of the project that it"
                                        + " lies in.",
                        restart = true)
                List<String> sources) {

    /**
     * Checks the settings.
     *
     * @throws ConfigException for the first that is out of its bounds
     */
    public DevelopmentConfig {
        ServerConfig.schema().check(DevelopmentConfig.class, enabled, remote, sources);
        sources = List.copyOf(sources);
    }
}
