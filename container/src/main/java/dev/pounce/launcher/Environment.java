package dev.pounce.launcher;

import dev.pounce.config.Key;
import dev.pounce.config.Placeholders;
import dev.pounce.config.Schema;
import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.AppConfigFiles;
import dev.pounce.yaml.SettingCollector;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The {@code POUNCE_…} variables: {@code POUNCE_COMPRESSION_MIN_SIZE} and the like. */
final class Environment {

    static final String HOME = "POUNCE_HOME";
    static final String BASE = "POUNCE_BASE";

    /** Set to 1 by whoever starts the server without a terminal: SIGHUP is a reload then. */
    static final String BACKGROUND = "POUNCE_BACKGROUND";

    private static final String PREFIX = "POUNCE_";

    /** What {@code bin/pounce} makes of archives of classes. */
    private static final String AOT_CACHE = PREFIX + "AOT_CACHE";

    private static final Set<String> NO_SETTINGS = Set.of(HOME, BASE, BACKGROUND, AOT_CACHE);

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = new TreeMap<>(variables);
    }

    /** The variable that sets a key. */
    static String variable(Key key) {
        return PREFIX + key.path().replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The directory of this server's own files: {@code conf}, {@code webapps}. */
    Path base() {
        return Path.of(variables.getOrDefault(BASE, variables.getOrDefault(HOME, "")));
    }

    /** Where {@code bin}, {@code conf} and {@code lib} are. */
    Path home() {
        return Path.of(variables.getOrDefault(HOME, ""));
    }

    /** All variables, for those who want others than ours. */
    Map<String, String> variables() {
        return variables;
    }

    /** What values of configuration files may have in them. */
    Placeholders placeholders() {
        return Placeholders.of(variables);
    }

    /** The settings of single applications of a server. */
    AppConfigFiles appConfigFiles(ServerConfig server) {
        return new AppConfigFiles(server.webappsConf(), base(), placeholders());
    }

    /** Whether there is no terminal that could hang up. */
    boolean isBackground() {
        return "1".equals(variables.get(BACKGROUND));
    }

    /**
     * Reads the variables. An unknown one is only a warning, for the environment belongs to others
     * too: Kubernetes sets {@code POUNCE_SERVICE_HOST} and {@code POUNCE_PORT=tcp://…} in every
     * container beside a service named pounce.
     */
    void read(SettingCollector settings) {
        Map<String, Key> keys = new HashMap<>();
        ServerConfig.schema().keys().forEach(key -> keys.put(variable(key), key));
        variables.forEach(
                (name, value) -> {
                    Key key = keys.get(name);
                    if (key != null && !value.startsWith("tcp://")) {
                        settings.set(key, name, Path.of(""), any -> any.parse(value));
                    } else if (name.startsWith(PREFIX) && !NO_SETTINGS.contains(name)) {
                        settings.warning(name, "sets nothing" + suggestion(name));
                    }
                });
    }

    private static String suggestion(String name) {
        Schema<ServerConfig> schema = ServerConfig.schema();
        return schema.nearestKey(name.substring(PREFIX.length()))
                .filter(key -> !variable(key).equals(name))
                .map(key -> "; did you mean " + variable(key) + "?")
                .orElse("");
    }
}
