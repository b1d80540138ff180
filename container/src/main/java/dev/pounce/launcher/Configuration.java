package dev.pounce.launcher;

import dev.pounce.config.ConfigException;
import dev.pounce.config.ServerConfig;

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

    /** Where a setting was set, for a message about its value. */
    String origin(String path) {
        return origins.getOrDefault(path, "default");
    }

    /** What to say of a value that cannot work on this machine. */
    InvalidConfiguration invalid(ConfigException e) {
        return new InvalidConfiguration(List.of(origin(e.path()) + ": " + e.getMessage()));
    }
}
