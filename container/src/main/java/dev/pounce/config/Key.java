package dev.pounce.config;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A setting: its place, its meaning and the values that it takes. */
public final class Key implements Schema.Node {

    private final String path;
    private final Setting setting;
    private final ValueType type;
    private final @Nullable Object min;
    private final @Nullable Object max;

    Key(String path, Setting setting, ValueType type) {
        this.path = path;
        this.setting = setting;
        this.type = type;
        this.min = setting.min().isEmpty() ? null : type.parse(setting.min());
        this.max = setting.max().isEmpty() ? null : type.parse(setting.max());
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String doc() {
        return setting.value();
    }

    /** Whether a changed value waits for the next start, where a reload swaps all others. */
    public boolean needsRestart() {
        return setting.restart();
    }

    /** Whether no log and no message may have its values. */
    public boolean isSecret() {
        return setting.secret();
    }

    /** Who can give one application a value of its own. */
    public Setting.App app() {
        return setting.app();
    }

    /** How its values are written. */
    public ValueType type() {
        return type;
    }

    /** The smallest value, or null. */
    public @Nullable Object min() {
        return min;
    }

    /** The largest value, or null. */
    public @Nullable Object max() {
        return max;
    }

    /** What its values are, with the bounds: "an integer from 0 to 65535". */
    public String values() {
        if (min == null) {
            return max == null ? type.noun() : type.noun() + " of at most " + setting.max();
        }
        return max == null
                ? type.noun() + " of at least " + setting.min()
                : type.noun() + " from " + setting.min() + " to " + setting.max();
    }

    /** What its values are, for somebody who wrote none of them. */
    public String expected() {
        return type.example().isEmpty()
                ? values()
                : values() + " (written like " + type.example() + ")";
    }

    /**
     * Reads a value; a list's elements are separated by commas.
     *
     * @throws ConfigException when the text is no value of this key
     */
    public Object parse(String text) {
        return parse(type, text);
    }

    /**
     * Reads a list's value from its elements.
     *
     * @throws ConfigException when this key takes no list, or an element is none that it takes
     */
    public Object parse(List<String> elements) {
        ValueType element = type.element();
        if (element == null) {
            throw new ConfigException(path, "is not a list but " + expected());
        }
        return elements.stream().map(text -> parse(element, text)).toList();
    }

    private Object parse(ValueType as, String text) {
        Object value;
        try {
            value = as.parse(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw refused(text, e);
        }
        if (!as.accepts(value) || !isWithinBounds(value)) {
            throw refused(text, null);
        }
        return value;
    }

    /**
     * Checks a value of the right Java type.
     *
     * @throws ConfigException when it is none that this key takes
     */
    void check(Object value) {
        if (!type.accepts(value) || !isWithinBounds(value)) {
            throw refused(type.format(value), null);
        }
    }

    private ConfigException refused(String text, @Nullable Exception cause) {
        String what = isSecret() ? "the value" : quote(text);
        ConfigException refused = new ConfigException(path, what + " is not " + expected());
        if (cause != null) {
            refused.initCause(cause);
        }
        return refused;
    }

    /** Quotes what somebody wrote, so that it stays one short line of a message. */
    private static String quote(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return '"' + (line.length() <= 80 ? line : line.substring(0, 80) + "…") + '"';
    }

    @SuppressWarnings("unchecked") // bounds are read as the key's own type
    private boolean isWithinBounds(Object value) {
        return (min == null || ((Comparable<Object>) value).compareTo(min) >= 0)
                && (max == null || ((Comparable<Object>) value).compareTo(max) <= 0);
    }
}
