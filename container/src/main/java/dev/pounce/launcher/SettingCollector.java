package dev.pounce.launcher;

import dev.pounce.config.ConfigException;
import dev.pounce.config.Key;
import dev.pounce.config.Schema;
import dev.pounce.config.ServerConfig;
import dev.pounce.config.ValueType;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers settings from one source after the other, a later one winning, and all problems with
 * them, so that somebody who has made three mistakes learns of three.
 */
final class SettingCollector {

    /** Reads a value for a key. */
    interface Reader {
        /**
         * @throws ConfigException when the key does not take it
         */
        Object read(Key key);
    }

    private final Schema<ServerConfig> schema = ServerConfig.schema();
    private final String prefix;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, String> origins = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** Gathers settings of the server. */
    SettingCollector() {
        this("");
    }

    /**
     * Gathers settings of a part.
     *
     * @param prefix what stands in front of their paths in messages
     */
    SettingCollector(String prefix) {
        this.prefix = prefix;
    }

    /**
     * Sets a value.
     *
     * @param origin where it was found, for messages: {@code conf/pounce.yaml:3:7}
     * @param directory where relative paths of this source start
     */
    void set(Key key, String origin, Path directory, Reader reader) {
        try {
            Object value = reader.read(key);
            values.put(key.path(), value instanceof Path path ? resolve(directory, path) : value);
            origins.put(key.path(), origin);
        } catch (ConfigException e) {
            problem(origin, e.getMessage());
        }
    }

    /** Notes that something is wrong. */
    void problem(String origin, String problem) {
        problems.add(origin + ": " + prefix + problem);
    }

    /** Takes over what is known of the settings of a part, but for their values. */
    void takeOver(SettingCollector part) {
        problems.addAll(part.problems);
        part.origins.forEach((path, origin) -> origins.put(part.prefix + path, origin));
    }

    /** What was set, by path; null when something was wrong. */
    @Nullable Map<String, Object> valuesIfRight() {
        return problems.isEmpty() ? Map.copyOf(values) : null;
    }

    /** Notes that something is probably a mistake. */
    void warning(String origin, String warning) {
        warnings.add(origin + ": " + warning);
    }

    /**
     * Puts everything together.
     *
     * @param base where relative paths of the defaults start
     * @throws InvalidConfiguration when there were problems, or values do not fit together
     */
    Configuration finish(Path base) throws InvalidConfiguration {
        if (!problems.isEmpty()) {
            throw new InvalidConfiguration(problems);
        }
        return join(base);
    }

    /**
     * Puts together what is right, for those who look at more than the configuration; the defaults
     * where that does not fit together.
     */
    Configuration finishWithWhatIsRight(Path base) {
        try {
            return join(base);
        } catch (InvalidConfiguration e) {
            values.clear();
            try {
                return join(base);
            } catch (InvalidConfiguration impossible) {
                throw new IllegalStateException("the defaults fit together", impossible);
            }
        }
    }

    private Configuration join(Path base) throws InvalidConfiguration {
        ServerConfig defaults = ServerConfig.defaults();
        for (Key key : schema.keys()) {
            if (key.type().kind() == ValueType.Kind.PATH
                    && schema.value(defaults, key) instanceof Path path) {
                values.putIfAbsent(key.path(), resolve(base, path));
            }
        }
        try {
            return new Configuration(
                    schema.with(defaults, values), Map.copyOf(origins), List.copyOf(warnings));
        } catch (ConfigException e) {
            String origin = origins.getOrDefault(e.path(), "configuration");
            throw new InvalidConfiguration(List.of(origin + ": " + e.getMessage()));
        }
    }

    /** Where a relative path leads that starts in a directory. */
    static Path resolve(Path directory, Path path) {
        return directory.resolve(path).normalize();
    }
}
