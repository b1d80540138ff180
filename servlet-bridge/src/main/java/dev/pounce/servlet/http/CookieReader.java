package dev.pounce.servlet.http;

import jakarta.servlet.http.Cookie;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads Cookie fields (RFC 6265 section 4.2.1). A pair that does not have the form that the
 * specification asks of servers is left out; the pairs beside it are still read, because a client
 * cannot tell which of several applications set them.
 */
final class CookieReader {
    private CookieReader() {}

    /**
     * The cookies in the order in which they were sent. Quotes around a value are part of it.
     *
     * @param fieldValues the values of all Cookie fields
     */
    static List<Cookie> read(List<String> fieldValues) {
        if (fieldValues.isEmpty()) {
            return List.of();
        }
        List<Cookie> cookies = new ArrayList<>();
        for (String value : fieldValues) {
            int start = 0;
            while (start <= value.length()) {
                int semicolon = value.indexOf(';', start);
                int end = semicolon < 0 ? value.length() : semicolon;
                readPair(value.substring(start, end).strip(), cookies);
                start = end + 1;
            }
        }
        return cookies;
    }

    private static void readPair(String pair, List<Cookie> cookies) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
            return;
        }
        String name = pair.substring(0, equals);
        String value = pair.substring(equals + 1);
        if (Tokens.isToken(name) && CookieSyntax.isValue(value)) {
            cookies.add(new Cookie(name, value));
        }
    }
}
