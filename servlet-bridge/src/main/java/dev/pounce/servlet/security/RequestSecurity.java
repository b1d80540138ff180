package dev.pounce.servlet.security;

import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.BridgeResponse;
import dev.pounce.servlet.http.SecurityAccess;
import dev.pounce.servlet.http.SessionAccess;
import dev.pounce.servlet.security.Authenticator.Identification;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.security.Principal;
import java.util.Objects;

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
    private final SessionAccess sessions;
    private @Nullable BridgeRequest request;
    private Phase phase = Phase.UNREAD;
    private @Nullable User user;
    private @Nullable String scheme;
    private boolean stale;

    /**
     * @param sessions the request's session
     */
    public RequestSecurity(SecurityPolicy policy, SessionAccess sessions) {
        this.policy = policy;
        this.sessions = sessions;
    }

    /** Gives the request, which is made later. */
    public void of(BridgeRequest made) {
        request = made;
    }

    private BridgeRequest request() {
        return Objects.requireNonNull(request);
    }

    /** The user, or null. Credentials are looked at when somebody asks for the first time. */
    @Nullable User known() {
        if (phase == Phase.UNREAD) {
            phase = Phase.READ;
            if (sessions.note() instanceof SessionLogin login) {
                SessionLogin.Identity identity = login.identity(policy.authenticator().scheme());
                if (identity != null) {
                    identified(identity.user(), identity.scheme());
                    return user;
                }
            }
            Identification found = policy.authenticator().identify(request());
            stale = found.stale();
            User proved = found.user();
            if (proved != null) {
                identified(proved, policy.authenticator().scheme());
            }
        }
        return user;
    }

    private void identified(User who, String how) {
        user = who;
        scheme = how;
        request().knownAs(who.name());
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

    @Override
    public boolean isInRole(String role, String servlet) {
        User who = known();
        return who != null && policy.roles().has(who, role, servlet);
    }

    @Override
    public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
        if (known() != null) {
            return true;
        }
        challenge(response);
        return false;
    }

    /** Asks the client to prove who its user is. */
    void challenge(HttpServletResponse response) throws IOException, ServletException {
        policy.authenticator().challenge(request(), response, sessions, stale);
    }

    /** Has the way of proving look at the request first; returns whether that answered it. */
    boolean isTaken(String path, BridgeResponse response) throws IOException, ServletException {
        return policy.authenticator().takes(path, request(), response, sessions);
    }

    @Override
    public void login(String name, String password) throws ServletException {
        if (known() != null) {
            throw new ServletException("somebody is logged in already");
        }
        Authenticator authenticator = policy.authenticator();
        if (!authenticator.takesPasswords()) {
            throw new ServletException(
                    authenticator.scheme() + " does not log in by name and password");
        }
        User found = name == null || password == null ? null : policy.users().find(name, password);
        if (found == null) {
            throw new ServletException("there is no user with that name and password");
        }
        if (authenticator.usesSessions() || sessions.session(false) != null) {
            SessionLogin.logIn(sessions, found, authenticator.scheme());
        }
        identified(found, authenticator.scheme());
    }

    @Override
    public void logout() {
        phase = Phase.READ;
        user = null;
        scheme = null;
        if (sessions.note() instanceof SessionLogin login) {
            login.forget();
        }
    }
}
