package dev.pounce.config;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Puts what a process was given into values of its configuration: {@code ${env:NAME}} stands for an
 * environment variable, {@code ${sys:name}} for a system property. What follows {@code :-} up to
 * the brace that closes, braces in pairs within, is for when there is no such or it is empty, and
 * may have placeholders itself. {@code $${} is a dollar sign and a brace; other dollar signs are
 * what they are. A value that was put in is not searched again.
 *
 * <p>Immutable and safe for use by any thread.
 */
public final class Placeholders {
    private static final String OPEN = "${";
    private static final String ENVIRONMENT = "env:";
    private static final String SYSTEM = "sys:";
    private static final String DEFAULT = ":-";

    /** Defaults in defaults; an application's own file is not trusted with the stack. */
    private static final int MAX_DEPTH = 10;

    private final Map<String, String> environment;
    private final UnaryOperator<@Nullable String> properties;

    /**
     * @param environment the environment variables
     * @param properties the value of a system property, or null; asked each time
     */
    public Placeholders(
            Map<String, String> environment, UnaryOperator<@Nullable String> properties) {
        this.environment = Map.copyOf(environment);
        this.properties = properties;
    }

    /** Those of an environment, and the system properties of this process. */
    public static Placeholders of(Map<String, String> environment) {
        return new Placeholders(environment, System::getProperty);
    }

    /** Writes text so that {@link #replace} gives it back as it is. */
    public static String escape(String text) {
        return text.replace(OPEN, "$" + OPEN);
    }

    /**
     * Text with its placeholders replaced.
     *
     * @throws IllegalArgumentException when there is no value for one, or it is none; the message
     *     has no values
     */
    public String replace(String text) {
        return replace(text, 0);
    }

    private String replace(String text, int depth) {
        int open = text.indexOf(OPEN);
        if (open < 0) {
            return text;
        }
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "has more than " + MAX_DEPTH + " placeholders in each other");
        }
        StringBuilder replaced = new StringBuilder();
        int at = 0;
        for (; open >= 0; open = text.indexOf(OPEN, at)) {
            if (open > at && text.charAt(open - 1) == '$') {
                replaced.append(text, at, open - 1).append(OPEN);
                at = open + OPEN.length();
                continue;
            }
            int close = close(text, open + OPEN.length());
            replaced.append(text, at, open)
                    .append(value(text.substring(open + OPEN.length(), close), depth));
            at = close + 1;
        }
        return replaced.append(text, at, text.length()).toString();
    }

    private static int close(String text, int from) {
        int open = 1;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                open++;
            } else if (c == '}' && --open == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "has a ${ that no } closes; the two characters themselves are written $${");
    }

    private String value(String placeholder, int depth) {
        int mark = placeholder.indexOf(DEFAULT);
        String reference = mark < 0 ? placeholder : placeholder.substring(0, mark);
        String value = lookUp(reference);
        if (mark >= 0 && (value == null || value.isEmpty())) {
            return replace(placeholder.substring(mark + DEFAULT.length()), depth + 1);
        }
        if (value == null) {
            throw new IllegalArgumentException(missing(reference));
        }
        return value;
    }

    private @Nullable String lookUp(String reference) {
        String name = reference.substring(Math.min(reference.length(), ENVIRONMENT.length()));
        if (!name.isEmpty() && reference.startsWith(ENVIRONMENT)) {
            return environment.get(name);
        }
        if (!name.isEmpty() && reference.startsWith(SYSTEM)) {
            return properties.apply(name);
        }
        throw new IllegalArgumentException(
                "${"
                        + reference
                        + "} is neither ${env:NAME}, an environment variable, nor ${sys:name}, a"
                        + " system property; the two characters ${ themselves are written $${");
    }

    private static String missing(String reference) {
        String name = reference.substring(ENVIRONMENT.length());
        String what =
                reference.startsWith(ENVIRONMENT)
                        ? "the environment variable " + name + " is not set"
                        : "the system property "
                                + name
                                + " is not set (-D"
                                + name
                                + "=value in JAVA_OPTS sets it)";
        return what + "; ${" + reference + ":-default} would do without";
    }
}
