package dev.pounce.protocol;

import java.nio.charset.StandardCharsets;

/** Comparisons of protocol elements, which are ASCII whatever the platform's charset. */
public final class Ascii {
    private Ascii() {}

    /**
     * Whether the bytes at {@code from} are the given lower-case ones, letters without regard to
     * case.
     */
    static boolean equalsIgnoreCase(byte[] bytes, int from, byte[] lowerCase) {
        for (int i = 0; i < lowerCase.length; i++) {
            byte b = bytes[from + i];
            if (b >= 'A' && b <= 'Z') {
                b += 'a' - 'A';
            }
            if (b != lowerCase[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the bytes {@code [from, to)} are the text, letters without regard to case. */
    static boolean equalsIgnoreCase(byte[] bytes, int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (lower(bytes[from + i] & 0xff) != lower(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }

    /** Whether a comma-separated list has the token, letters without regard to case. */
    static boolean listContains(byte[] bytes, int from, int to, String token) {
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i == to || bytes[i] == ',') {
                int first = start;
                int last = i;
                while (first < last && isSpace(bytes[first])) {
                    first++;
                }
                while (last > first && isSpace(bytes[last - 1])) {
                    last--;
                }
                if (equalsIgnoreCase(bytes, first, last, token)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\t';
    }

    /** The bytes {@code [from, to)} as text, each byte a character (RFC 9110 section 5.5). */
    static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
}
