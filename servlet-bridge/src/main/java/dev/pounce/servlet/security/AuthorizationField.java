package dev.pounce.servlet.security;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads the parameters of an Authorization field (RFC 9110 section 11.2). */
final class AuthorizationField {
    private static final String NO_TOKEN = " \t\"(),/:;<=>?@[\\]{}";

    private final String text;
    private int at;

    private AuthorizationField(String text, int from) {
        this.text = text;
        at = from;
    }

    /** A text as a quoted string. */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /**
     * The parameters by name in lower case.
     *
     * @return null when the field is of another scheme, malformed, or has a parameter twice
     */
    static @Nullable Map<String, String> parameters(@Nullable String field, String scheme) {
        int begin = scheme.length();
        if (field == null
                || field.length() <= begin
                || field.charAt(begin) != ' '
                || !field.regionMatches(true, 0, scheme, 0, begin)) {
            return null;
        }
        return new AuthorizationField(field, begin).read();
    }

    private @Nullable Map<String, String> read() {
        Map<String, String> parameters = new HashMap<>();
        do {
            skipBlanks();
            String name = token().toLowerCase(Locale.ROOT);
            skipBlanks();
            if (name.isEmpty() || !skip('=')) {
                return null;
            }
            skipBlanks();
            String value = peek() == '"' ? quotedString() : token();
            if (value == null || parameters.put(name, value) != null) {
                return null;
            }
            skipBlanks();
        } while (skip(','));
        return at == text.length() ? parameters : null;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean skip(char expected) {
        boolean found = peek() == expected;
        at += found ? 1 : 0;
        return found;
    }

    private void skipBlanks() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    private String token() {
        int begin = at;
        while (peek() > ' ' && peek() < 0x7f && NO_TOKEN.indexOf(peek()) < 0) {
            at++;
        }
        return text.substring(begin, at);
    }

    private @Nullable String quotedString() {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return value.toString();
            }
            if (c == '\\' && at < text.length()) {
                c = text.charAt(at++);
            }
            value.append(c);
        }
        return null;
    }
}
