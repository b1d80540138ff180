package dev.pounce.servlet.model;

import org.jspecify.annotations.Nullable;

/**
 * Puts system properties into the texts of descriptors, as Tomcat does: {@code ${name}} is the
 * property of that name, {@code ${name:-default}} its value or the default. What names no property
 * that there is stays as it is, for applications replace placeholders of their own. A value that
 * was put in is not searched again.
 */
final class DescriptorProperties {
    private static final String OPEN = "${";
    private static final String DEFAULT = ":-";

    private DescriptorProperties() {}

    static String replace(String text) {
        int open = text.indexOf(OPEN);
        if (open < 0) {
            return text;
        }
        StringBuilder replaced = new StringBuilder();
        int at = 0;
        while (open >= 0) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                break;
            }
            replaced.append(text, at, open).append(value(text.substring(open + 2, close)));
            at = close + 1;
            open = text.indexOf(OPEN, at);
        }
        return replaced.append(text, at, text.length()).toString();
    }

    private static String value(String placeholder) {
        String whole = property(placeholder);
        int mark = placeholder.indexOf(DEFAULT);
        if (whole != null || mark < 0) {
            return whole == null ? OPEN + placeholder + "}" : whole;
        }
        String value = property(placeholder.substring(0, mark));
        return value == null ? placeholder.substring(mark + DEFAULT.length()) : value;
    }

    private static @Nullable String property(String name) {
        return name.isEmpty() ? null : System.getProperty(name);
    }
}
