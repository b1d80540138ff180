package dev.pounce.servlet.security;

import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.SessionAccess;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.security.cert.X509Certificate;

/**
 * CLIENT-CERT (Servlet specification, section 13.6.4): the user is who the certificate of the TLS
 * connection names. Where a connection has none, nobody can log in.
 *
 * @param users by the distinguished names of certificates
 */
record CertificateAuthenticator(Users users) implements Authenticator {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    @Override
    public String scheme() {
        return HttpServletRequest.CLIENT_CERT_AUTH;
    }

    @Override
    public Identification identify(BridgeRequest request) {
        if (request.isSecure()
                && request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain
                && chain.length > 0) {
            return Identification.of(users.named(chain[0].getSubjectX500Principal().toString()));
        }
        return Identification.NOBODY;
    }

    /** No WWW-Authenticate could ask for it, so it is no 401 (RFC 9110 section 15.5.2). */
    @Override
    public void challenge(
            BridgeRequest request,
            HttpServletResponse response,
            SessionAccess sessions,
            boolean stale)
            throws IOException {
        response.sendError(
                HttpServletResponse.SC_FORBIDDEN,
                "This needs a client certificate of a user that is known here.");
    }

    @Override
    public boolean takesPasswords() {
        return false;
    }
}
