package dev.pounce.servlet.security;

import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.SessionAccess;

import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;

/** Of an application that names no way: what needs a user is refused, unless it logs one in. */
final class NoAuthenticator implements Authenticator {

    @Override
    public String scheme() {
        return "LOGIN";
    }

    @Override
    public Identification identify(BridgeRequest request) {
        return Identification.NOBODY;
    }

    @Override
    public void challenge(
            BridgeRequest request,
            HttpServletResponse response,
            SessionAccess sessions,
            boolean stale)
            throws IOException {
        response.sendError(
                HttpServletResponse.SC_FORBIDDEN,
                "This needs a user, and the application names no way to log in.");
    }
}
