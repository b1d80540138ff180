package dev.pounce.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The settings of one application: what was set for it, and for all else the server's. A
 * configuration that exists is valid.
 *
 * @param own what only applications have
 * @param server the server's configuration as it is for this application
 * @param given the paths of the settings that were set for this application
 */
public record AppConfig(AppSettings own, ServerConfig server, Set<String> given) {

    /** Only applications that have files need it. */
    private static final class Tree {
        static final SettingTree ALL =
                new AppSettingTree(AppSettings.schema().root(), ServerConfig.schema().root());
    }

    /** Copies. */
    public AppConfig {
        given = Set.copyOf(given);
    }

    /** The settings that an application can have. */
    public static SettingTree settings() {
        return Tree.ALL;
    }

    /** The settings of an application for which nothing was set. */
    public static AppConfig of(ServerConfig server) {
        return of(server, Map.of());
    }

    /**
     * The settings of an application.
     *
     * @param server what it has where nothing else was set
     * @param values by path, each of its key's Java type
     * @throws ConfigException when values do not fit to each other or to the server's
     */
    public static AppConfig of(ServerConfig server, Map<String, ?> values) {
        Map<String, Object> own = new HashMap<>();
        Map<String, Object> others = new HashMap<>();
        values.forEach(
                (path, value) ->
                        (AppSettings.schema().find(path).isPresent() ? own : others)
                                .put(path, value));
        return new AppConfig(
                AppSettings.schema().with(AppSettings.DEFAULT, own),
                ServerConfig.schema().with(server, others),
                values.keySet());
    }

    /** Whether a setting was set for this application. */
    public boolean isGiven(String path) {
        return given.contains(path);
    }

    /** The value of one of the {@link #settings}. */
    public Object value(Key key) {
        return AppSettings.schema().find(key.path()).isPresent()
                ? AppSettings.schema().value(own, key)
                : ServerConfig.schema().value(server, key);
    }

    /**
     * Whether the application may dispatch requests to others.
     *
     * @param contextPath its own, empty for the root
     */
    public boolean isCrossContext(String contextPath) {
        return isGiven("cross_context")
                ? own.crossContext()
                : server.servlet().isCrossContext(contextPath);
    }
}
