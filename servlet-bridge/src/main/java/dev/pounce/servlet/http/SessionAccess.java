package dev.pounce.servlet.http;

import jakarta.servlet.http.HttpSession;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/** The session of one request; methods mean what those of HttpServletRequest mean. */
public interface SessionAccess {

    /** Where the client's session id was found. */
    enum Source {
        NONE,
        COOKIE,
        URL
    }

    /** The session, or null when there is none and none is to be made. */
    @Nullable HttpSession session(boolean create);

    /** Gives the session a new id and returns it. */
    String changeId();

    /** The id that the client sent, or null. */
    @Nullable String requestedId();

    /** Where it was found. */
    Source requestedIdSource();

    /** Whether it is that of a session. */
    boolean isRequestedIdValid();

    /** What the server keeps with the session; null when there is nothing, or no session. */
    @Nullable SessionNote note();

    /**
     * What the server keeps with the session, which is made when there is none.
     *
     * @param made makes it where there is nothing yet
     */
    SessionNote note(Supplier<? extends SessionNote> made);
}
