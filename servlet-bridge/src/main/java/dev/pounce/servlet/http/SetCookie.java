package dev.pounce.servlet.http;

import dev.pounce.protocol.HttpDates;

import jakarta.servlet.http.Cookie;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Writes a cookie as the value of a Set-Cookie field (RFC 6265 section 4.1). */
final class SetCookie {
    private SetCookie() {}

    /**
     * The field's value. A cookie with an age gets Expires beside Max-Age, for clients that know
     * only the former; Max-Age itself must not be 0 (RFC 6265 section 4.1.1).
     *
     * @param now the time that Expires is counted from
     * @throws IllegalArgumentException when the name, the value or an attribute must not be sent
     */
    static String value(Cookie cookie, InstantSource now) {
        String name = cookie.getName();
        String content = cookie.getValue() == null ? "" : cookie.getValue();
        if (!Tokens.isToken(name)) {
            throw new IllegalArgumentException("the name of a cookie must be a token: " + name);
        }
        if (!CookieSyntax.isValue(content)) {
            throw new IllegalArgumentException(
                    "the value of cookie "
                            + name
                            + " has a character that must be encoded (RFC 6265 section 4.1.1)");
        }
        StringBuilder field = new StringBuilder(name).append('=').append(content);
        for (Map.Entry<String, String> attribute : cookie.getAttributes().entrySet()) {
            append(field, name, attribute.getKey(), attribute.getValue());
        }
        if (cookie.getMaxAge() >= 0 && cookie.getAttribute("Expires") == null) {
            // A date in the past removes a cookie even where clocks differ.
            long expires = cookie.getMaxAge() == 0 ? 0 : now.millis() + cookie.getMaxAge() * 1000L;
            append(field, name, "Expires", HttpDates.format(Instant.ofEpochMilli(expires)));
        }
        return field.toString();
    }

    private static void append(StringBuilder field, String cookie, String name, String value) {
        if (isLeftOut(name, value)) {
            return;
        }
        if (!Tokens.isToken(name) || !CookieSyntax.isAttributeValue(value)) {
            throw new IllegalArgumentException(
                    "the attribute " + name + " of cookie " + cookie + " must not be sent so");
        }
        field.append("; ").append(name);
        if (!isFlag(name) && !value.isEmpty()) {
            field.append('=').append(value);
        }
    }

    /** A negative age means a cookie of the session; one of 0 is said by Expires alone. */
    private static boolean isLeftOut(String name, String value) {
        return name.equalsIgnoreCase("Max-Age") && (value.startsWith("-") || value.equals("0"))
                || isFlag(name) && value.equalsIgnoreCase("false");
    }

    private static boolean isFlag(String name) {
        return name.equalsIgnoreCase("Secure")
                || name.equalsIgnoreCase("HttpOnly")
                || name.equalsIgnoreCase("Partitioned");
    }
}
