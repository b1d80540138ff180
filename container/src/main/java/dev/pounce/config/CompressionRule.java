package dev.pounce.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Settings of {@code compression} that are others for some paths. Written as a pattern and the
 * settings, with spaces between them: {@code /shop/** zstd.level=3 min_size=1KiB}. The elements of
 * a list are separated by semicolons: {@code types=text/html;text/css}.
 *
 * <p>In a pattern {@code *} stands for any characters but slashes, {@code **} for any characters
 * and {@code ?} for one that is no slash. It is matched with the whole path, the context path
 * included. Case matters.
 */
public final class CompressionRule {
    private static final String GROUP = "compression.";
    private static final String PATH = GROUP + "rules";

    /** What all responses share, whatever their path. */
    private static final Set<String> SHARED = Set.of(GROUP + "memory", PATH);

    private final PathGlob paths;
    private final Map<String, Object> values;

    private CompressionRule(PathGlob paths, Map<String, Object> values) {
        this.paths = paths;
        this.values = Map.copyOf(values);
    }

    /**
     * Reads a rule.
     *
     * @throws ConfigException when it is none, saying why
     */
    public static CompressionRule of(String text) {
        String[] words = text.strip().split("\\s+");
        if (!words[0].startsWith("/")) {
            throw refused(text, "the pattern has to begin with a slash");
        }
        if (words.length < 2) {
            throw refused(text, "it sets nothing");
        }
        Map<String, Object> values = new HashMap<>();
        for (String word : List.of(words).subList(1, words.length)) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw refused(text, word + " has no value");
            }
            String path = GROUP + word.substring(0, equals);
            if (SHARED.contains(path)) {
                throw refused(text, path + " is the same for all paths");
            }
            String value = word.substring(equals + 1).replace(';', ',');
            try {
                values.put(path, ServerConfig.schema().key(path).parse(value));
            } catch (ConfigException e) {
                throw refused(text, e.getMessage());
            }
        }
        return new CompressionRule(new PathGlob(words[0]), values);
    }

    private static ConfigException refused(String text, String why) {
        return new ConfigException(
                PATH,
                "\""
                        + text
                        + "\" is not a pattern and settings with spaces between them, such as"
                        + " \"/shop/** zstd.level=3 min_size=1KiB\": "
                        + why);
    }

    /** Whether the rule is for a path, which is decoded, normalised and begins with a slash. */
    public boolean matches(String path) {
        return paths.matches(path);
    }

    /**
     * The settings of the paths that the rule is for.
     *
     * @param config has those that the rule leaves as they are
     * @throws ConfigException when they do not fit together
     */
    public CompressionConfig apply(ServerConfig config) {
        return ServerConfig.schema().with(config, values).compression();
    }
}
