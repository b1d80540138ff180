package dev.pounce.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a reload does to a configuration: a changed setting is swapped, or waits for the next start.
 *
 * @param config what is in force then: settings that wait have the values that they had
 * @param swapped the settings that have new values, in the order of the records
 * @param waiting the settings whose new values wait for the next start
 */
public record Reload(ServerConfig config, List<Key> swapped, List<Key> waiting) {

    /** Copies the lists. */
    public Reload {
        swapped = List.copyOf(swapped);
        waiting = List.copyOf(waiting);
    }

    /**
     * Decides about every setting in which two configurations differ.
     *
     * @param before what is in force
     * @param wanted what is to be
     */
    public static Reload between(ServerConfig before, ServerConfig wanted) {
        Schema<ServerConfig> schema = ServerConfig.schema();
        List<Key> changed = schema.changed(before, wanted);
        List<Key> waiting = changed.stream().filter(Key::needsRestart).toList();
        Map<String, Object> kept = new HashMap<>();
        waiting.forEach(key -> kept.put(key.path(), schema.value(before, key)));
        return new Reload(
                schema.with(wanted, kept),
                changed.stream().filter(key -> !key.needsRestart()).toList(),
                waiting);
    }

    /** Whether nothing has changed. */
    public boolean isEmpty() {
        return swapped.isEmpty() && waiting.isEmpty();
    }
}
