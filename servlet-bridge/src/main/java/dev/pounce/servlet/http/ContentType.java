package dev.pounce.servlet.http;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * A media type whose charset is told apart from its other parameters (RFC 9110 section 8.3.1).
 *
 * @param type the media type with all parameters but charset, as it was written
 * @param charset the charset's name without quotes, or null when there is none
 */
record ContentType(String type, @Nullable String charset) {

    /** Reads a field value; what cannot be read as a charset stays part of the type. */
    static ContentType parse(String text) {
        if (text.indexOf(';') < 0) {
            return new ContentType(text.strip(), null);
        }
        StringBuilder type = new StringBuilder();
        String charset = null;
        int start = 0;
        while (start <= text.length()) {
            int end = partEnd(text, start);
            String part = text.substring(start, end).strip();
            String found = start == 0 ? null : charsetOf(part);
            if (found == null) {
                type.append(start == 0 ? "" : ";").append(part);
            } else if (charset == null) {
                charset = found;
            }
            start = end + 1;
        }
        return new ContentType(type.toString(), charset);
    }

    /** The next semicolon that is not in quotes. */
    private static int partEnd(String text, int from) {
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ';' && !quoted) {
                return i;
            }
        }
        return text.length();
    }

    private static @Nullable String charsetOf(String parameter) {
        int equals = parameter.indexOf('=');
        if (equals < 0 || !parameter.substring(0, equals).strip().equalsIgnoreCase("charset")) {
            return null;
        }
        String value = parameter.substring(equals + 1).strip();
        if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
            value = value.substring(1, value.length() - 1);
        }
        return Tokens.isToken(value) ? value : null;
    }

    /** The media type alone, in lower case. */
    String mediaType() {
        int semicolon = type.indexOf(';');
        String alone = semicolon < 0 ? type : type.substring(0, semicolon);
        return alone.strip().toLowerCase(Locale.ROOT);
    }

    /** The field's value. */
    @Override
    public String toString() {
        return charset == null ? type : type + ";charset=" + charset;
    }
}
