package dev.pounce.yaml;

import dev.pounce.config.ConfigException;
import dev.pounce.config.Key;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers settings from one source after the other, a later one winning, and all problems with
 * them, so that somebody who has made three mistakes learns of three. Used by one thread.
 */
public final class SettingCollector {

    /** Reads a value for a key. */
    public interface Reader {
        /**
         * Reads.
         *
         * @throws ConfigException when the key does not take it
         */
        Object read(Key key);
    }

    private final String prefix;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, String> origins = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** Gathers settings of a whole. */
    public SettingCollector() {
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
    public void set(Key key, String origin, Path directory, Reader reader) {
        try {
            Object value = reader.read(key);
            values.put(key.path(), value instanceof Path path ? resolve(directory, path) : value);
            origins.put(key.path(), origin);
        } catch (ConfigException e) {
            problem(origin, e.getMessage());
        }
    }

    /** Where a relative path leads that starts in a directory. */
    public static Path resolve(Path directory, Path path) {
        return directory.resolve(path).normalize();
    }

    /** Notes that something is wrong. */
    public void problem(String origin, String problem) {
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
    public void warning(String origin, String warning) {
        warnings.add(origin + ": " + warning);
    }

    /** What was set, by path. */
    public Map<String, Object> values() {
        return Map.copyOf(values);
    }

    /** Where each setting was set, by path. */
    public Map<String, String> origins() {
        return Map.copyOf(origins);
    }

    /** All that is wrong, a line for each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** All that is probably a mistake, a line for each. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
