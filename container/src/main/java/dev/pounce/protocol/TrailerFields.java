package dev.pounce.protocol;

import java.util.Locale;
import java.util.Set;

/**
 * Which fields a trailer section must not have, in either direction: those that frame or route a
 * message, authenticate its sender, modify the request, control the response or describe the
 * content's format (RFC 9110 section 6.5.1), for they were needed before the content.
 */
public final class TrailerFields {
    private static final Set<String> FORBIDDEN =
            Set.of(
                    "age",
                    "authorization",
                    "cache-control",
                    "connection",
                    "content-encoding",
                    "content-length",
                    "content-location",
                    "content-range",
                    "content-type",
                    "cookie",
                    "date",
                    "expect",
                    "expires",
                    "forwarded",
                    "host",
                    "keep-alive",
                    "location",
                    "max-forwards",
                    "pragma",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "proxy-connection",
                    "range",
                    "retry-after",
                    "set-cookie",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "vary",
                    "warning",
                    "www-authenticate");

    private TrailerFields() {}

    /** Whether a field of that name, compared without regard to case, has no place in a trailer. */
    public static boolean isForbidden(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return FORBIDDEN.contains(lower)
                || lower.startsWith("if-")
                || lower.startsWith("x-forwarded-");
    }
}
