package dev.pounce.launcher;

import dev.pounce.config.ConfigException;
import dev.pounce.config.Schema;
import dev.pounce.config.ServerConfig;
import dev.pounce.yaml.SettingCollector;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What all sources of configuration together say.
 *
 * @param server the settings
 * @param origins where each setting that is not at its default was set, by path
 * @param warnings what was found that is probably a mistake
 */
record Configuration(ServerConfig server, Map<String, String> origins, List<String> warnings) {

    /**
     * Puts together what was gathered.
     *
     * @param base where relative paths of the defaults start
     * @throws InvalidConfiguration when there were problems, or values do not fit together
     */
    static Configuration of(SettingCollector settings, Path base) throws InvalidConfiguration {
        if (!settings.problems().isEmpty()) {
            throw new InvalidConfiguration(settings.problems());
        }
        return join(settings, base);
    }

    /**
     * Puts together what is right, for those who look at more than the configuration; the defaults
     * where that does not fit together.
     */
    static Configuration ofWhatIsRight(SettingCollector settings, Path base) {
        try {
            return join(settings, base);
        } catch (InvalidConfiguration e) {
            try {
                return join(new SettingCollector(), base);
            } catch (InvalidConfiguration impossible) {
                throw new IllegalStateException("the defaults fit together", impossible);
            }
        }
    }

    private static Configuration join(SettingCollector settings, Path base)
            throws InvalidConfiguration {
        Schema<ServerConfig> schema = ServerConfig.schema();
        ServerConfig defaults = ServerConfig.defaults(base);
        try {
            return new Configuration(
                    schema.with(defaults, settings.values()),
                    settings.origins(),
                    settings.warnings());
        } catch (ConfigException e) {
            String origin = settings.origins().getOrDefault(e.path(), "configuration");
            throw new InvalidConfiguration(List.of(origin + ": " + e.getMessage()));
        }
    }

    /** Where a setting was set, for a message about its value. */
    String origin(String path) {
        return origins.getOrDefault(path, "default");
    }

    /** What to say of a value that cannot work on this machine. */
    InvalidConfiguration invalid(ConfigException e) {
        return new InvalidConfiguration(List.of(origin(e.path()) + ": " + e.getMessage()));
    }
}
