package dev.pounce.servlet.security;

import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.BridgeResponse;
import dev.pounce.servlet.http.SessionAccess;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;

/** A way for users to prove who they are (Servlet specification, section 13.6). Thread-safe. */
interface Authenticator {

    /**
     * What a request proves.
     *
     * @param user who made it, or null when it proves nothing
     * @param stale whether its proof was right and came too late, so that the client need not ask
     *     its user again
     */
    record Identification(@Nullable User user, boolean stale) {
        static final Identification NOBODY = new Identification(null, false);
        static final Identification STALE = new Identification(null, true);

        static Identification of(@Nullable User user) {
            return user == null ? NOBODY : new Identification(user, false);
        }
    }

    /** What {@code getAuthType} calls it. */
    String scheme();

    /** Who made a request, by what the request itself has. Asked once for each request. */
    Identification identify(BridgeRequest request);

    /**
     * Asks the client to prove who its user is. The response is complete then, or an error that was
     * sent.
     *
     * @param response the request's own, or an application's wrapper around it
     * @param stale of the request's {@link Identification}
     */
    void challenge(
            BridgeRequest request,
            HttpServletResponse response,
            SessionAccess sessions,
            boolean stale)
            throws IOException, ServletException;

    /**
     * Whether users prove with a name and a password, so that an application can have them checked
     * itself ({@code HttpServletRequest.login}).
     */
    default boolean takesPasswords() {
        return true;
    }

    /** Whether who has proved to be a user is known by the session from then on. */
    default boolean usesSessions() {
        return false;
    }

    /** The paths of the pages that the application has for it. */
    default List<String> pages() {
        return List.of();
    }

    /**
     * Looks at a request before anything else does, and answers it if it is a part of the proof.
     *
     * @param path decoded, normalised and relative to the context path
     * @return whether it is answered
     */
    default boolean takes(
            String path, BridgeRequest request, BridgeResponse response, SessionAccess sessions)
            throws IOException, ServletException {
        return false;
    }
}
