package dev.pounce.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which Cache-Control the files of a pattern have. Written as the pattern and the directives, with
 * spaces between them: {@code /assets/** public max-age=31536000 immutable}.
 *
 * <p>In a pattern {@code *} stands for any characters but slashes, {@code **} for any characters
 * and {@code ?} for one that is no slash. A pattern that begins with a slash is matched with the
 * path within the application, every other one with the file's name. Case matters.
 */
public final class CacheRule {
    private static final Pattern DIRECTIVE =
            Pattern.compile("[!#$%&'*+.^_`|~\\w-]+(=([!#$%&'*+.^_`|~\\w-]+|\"[^\"\\\\\\s,]*\"))?");

    private final PathGlob pattern;
    private final boolean ofPath;
    private final String value;

    private CacheRule(PathGlob pattern, boolean ofPath, String value) {
        this.pattern = pattern;
        this.ofPath = ofPath;
        this.value = value;
    }

    /**
     * Reads a rule.
     *
     * @throws ConfigException when it is none, saying why
     */
    public static CacheRule of(String text) {
        String[] words = text.strip().split("\\s+");
        if (words.length < 2) {
            throw refused(text, "it has no directive");
        }
        String glob = words[0];
        if (!glob.startsWith("/") && glob.contains("/")) {
            throw refused(text, "a pattern with a slash has to begin with one");
        }
        List<String> directives = new ArrayList<>();
        for (String word : List.of(words).subList(1, words.length)) {
            if (!DIRECTIVE.matcher(word).matches()) {
                throw refused(text, word + " is no directive of Cache-Control");
            }
            directives.add(word);
        }
        return new CacheRule(
                new PathGlob(glob), glob.startsWith("/"), String.join(", ", directives));
    }

    private static ConfigException refused(String text, String why) {
        return new ConfigException(
                "static_files.cache_control",
                "\""
                        + text
                        + "\" is not a pattern and directives with spaces between them, such as"
                        + " \"/assets/** public max-age=31536000 immutable\": "
                        + why);
    }

    /**
     * Whether the rule is for a file.
     *
     * @param path the file's path within its application, which begins with a slash
     */
    public boolean matches(String path) {
        String subject = ofPath ? path : path.substring(path.lastIndexOf('/') + 1);
        return pattern.matches(subject);
    }

    /** The value of Cache-Control. */
    public String value() {
        return value;
    }
}
