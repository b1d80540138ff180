package dev.pounce.servlet.security;

import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.SessionAccess;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * BASIC (RFC 7617). Clients are told to use UTF-8; of one that does not, bytes that are no UTF-8
 * are ISO 8859-1.
 */
final class BasicAuthenticator implements Authenticator {
    private static final String SCHEME = "Basic ";

    private final Users users;
    private final String challenge;

    /**
     * @param realm what a client is told that it logs in to
     */
    BasicAuthenticator(Users users, String realm) {
        this.users = users;
        challenge = SCHEME + "realm=" + AuthorizationField.quoted(realm) + ", charset=\"UTF-8\"";
    }

    @Override
    public String scheme() {
        return HttpServletRequest.BASIC_AUTH;
    }

    @Override
    public Identification identify(BridgeRequest request) {
        String authorization = request.head().field("Authorization");
        if (authorization == null
                || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Identification.NOBODY;
        }
        String credentials = decode(authorization.substring(SCHEME.length()).strip());
        int colon = credentials == null ? -1 : credentials.indexOf(':');
        return credentials == null || colon < 0
                ? Identification.NOBODY
                : Identification.of(
                        users.find(
                                credentials.substring(0, colon), credentials.substring(colon + 1)));
    }

    private static @Nullable String decode(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void challenge(
            BridgeRequest request,
            HttpServletResponse response,
            SessionAccess sessions,
            boolean stale)
            throws IOException {
        response.setHeader("WWW-Authenticate", challenge);
        response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
    }
}
