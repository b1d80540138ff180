package dev.pounce.servlet.security;

import dev.pounce.servlet.http.SecurityAccess;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.security.Principal;

/** The user of one request. Used by one thread at a time. */
public final class RequestSecurity implements SecurityAccess {

    /** How far the request's credentials are known. */
    private enum Phase {
        /** Nobody has looked at them. */
        UNREAD,
        /** They were looked at, or the application said who it is. */
        READ
    }

    private final SecurityPolicy policy;
    private final @Nullable String authorization;
    private Phase phase = Phase.UNREAD;
    private @Nullable User user;
    private @Nullable String scheme;

    /**
     * @param authorization the request's Authorization field, or null
     */
    public RequestSecurity(SecurityPolicy policy, @Nullable String authorization) {
        this.policy = policy;
        this.authorization = authorization;
    }

    private @Nullable User known() {
        if (phase == Phase.UNREAD) {
            phase = Phase.READ;
            user = policy.authenticate(authorization);
            scheme = user == null ? null : "BASIC";
        }
        return user;
    }

    @Override
    public @Nullable String authType() {
        known();
        return scheme;
    }

    @Override
    public @Nullable Principal user() {
        return known();
    }

    /** {@code *} is no role; {@code **} is that of every user (Javadoc of isUserInRole). */
    @Override
    public boolean isInRole(String role) {
        User who = known();
        return who != null
                && !role.equals("*")
                && (role.equals("**") || who.roles().contains(role));
    }

    @Override
    public boolean authenticate(HttpServletResponse response) throws IOException {
        if (known() != null) {
            return true;
        }
        policy.challenge(response);
        return false;
    }

    @Override
    public void login(String name, String password) throws ServletException {
        if (known() != null) {
            throw new ServletException("somebody is logged in already");
        }
        User found = policy.find(name, password);
        if (found == null) {
            throw new ServletException("there is no user with that name and password");
        }
        user = found;
        scheme = "BASIC";
    }

    @Override
    public void logout() {
        phase = Phase.READ;
        user = null;
        scheme = null;
    }
}
