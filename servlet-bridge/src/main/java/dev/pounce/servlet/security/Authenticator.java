package dev.pounce.servlet.security;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Asks clients for credentials and checks what they send.
 *
 * @param users who is known
 * @param realm what a client is told that it logs in to
 */
record Authenticator(Users users, String realm) {
    private static final String SCHEME = "Basic ";

    /** The value of WWW-Authenticate (RFC 7617 section 2). */
    String challenge() {
        String quoted = realm.replace("\\", "\\\\").replace("\"", "\\\"");
        return SCHEME + "realm=\"" + quoted + "\", charset=\"UTF-8\"";
    }

    /** The user whose credentials an Authorization field has, or null. */
    @Nullable User authenticate(@Nullable String authorization) {
        if (authorization == null
                || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        String credentials;
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
            credentials = new String(decoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
        int colon = credentials.indexOf(':');
        return colon < 0
                ? null
                : users.find(credentials.substring(0, colon), credentials.substring(colon + 1));
    }
}
