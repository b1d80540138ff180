package dev.pounce.servlet.security;

import dev.pounce.password.StoredPassword;
import dev.pounce.protocol.RequestHead;
import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.SessionAccess;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * DIGEST (RFC 7616) with SHA-256 or MD5 and qop=auth. Users whose stored passwords are hashes
 * cannot use it, unless it is the hash that DIGEST needs.
 */
final class DigestAuthenticator implements Authenticator {
    private static final String SCHEME = "Digest";
    private static final List<String> ALGORITHMS = List.of("SHA-256", "MD5");
    private static final Duration VALID = Duration.ofMinutes(5);
    private static final int KEPT_NONCES = 10_000;

    private final Users users;
    private final String realm;
    private final DigestNonces nonces;

    /**
     * @param realm what a client is told that it logs in to, and a part of what is hashed
     */
    DigestAuthenticator(Users users, String realm, InstantSource clock) {
        this.users = users;
        this.realm = realm;
        nonces = new DigestNonces(clock, VALID, KEPT_NONCES);
    }

    @Override
    public String scheme() {
        return HttpServletRequest.DIGEST_AUTH;
    }

    @Override
    public Identification identify(BridgeRequest request) {
        DigestCredentials credentials =
                DigestCredentials.read(request.head().field("Authorization"));
        if (credentials == null
                || !credentials.realm().equals(realm)
                || !ALGORITHMS.contains(credentials.algorithm())
                || !isTarget(credentials.uri(), request.head())) {
            return Identification.NOBODY;
        }
        String method = request.head().method();
        User user =
                users.find(
                        credentials.name(),
                        (name, stored) -> proves(credentials, method, name, stored));
        if (user == null) {
            return Identification.NOBODY;
        }
        return nonces.use(credentials.nonce(), credentials.count())
                ? Identification.of(user)
                : Identification.STALE;
    }

    /** What a client is not expected to know is hashed too, so that it takes as long. */
    private boolean proves(
            DigestCredentials credentials, String method, String name, StoredPassword stored) {
        String secret = stored.digestSecret(credentials.algorithm(), name, realm);
        boolean right = credentials.isMadeWith(secret == null ? "" : secret, method);
        return secret != null && right;
    }

    /** RFC 7616 section 3.4.6: what was hashed has to be what was asked for. */
    private static boolean isTarget(String uri, RequestHead head) {
        String query = head.rawQuery();
        String path = query == null ? head.rawPath() : head.rawPath() + "?" + query;
        return uri.equals(path) || uri.equals(head.target());
    }

    /** The client takes the first algorithm that it knows (RFC 7616 section 3.7). */
    @Override
    public void challenge(
            BridgeRequest request,
            HttpServletResponse response,
            SessionAccess sessions,
            boolean stale)
            throws IOException {
        String nonce = nonces.next();
        for (String algorithm : ALGORITHMS) {
            response.addHeader(
                    "WWW-Authenticate",
                    SCHEME
                            + " realm="
                            + AuthorizationField.quoted(realm)
                            + ", qop=\"auth\", algorithm="
                            + algorithm
                            + ", nonce=\""
                            + nonce
                            + "\", charset=UTF-8"
                            + (stale ? ", stale=true" : ""));
        }
        response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
    }
}
