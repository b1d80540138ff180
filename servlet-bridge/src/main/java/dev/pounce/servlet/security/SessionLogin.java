package dev.pounce.servlet.security;

import dev.pounce.servlet.http.SessionAccess;
import dev.pounce.servlet.http.SessionNote;

import jakarta.servlet.http.HttpSession;

import org.jspecify.annotations.Nullable;

import java.util.function.Predicate;

/**
 * Who a session belongs to, and what was asked for before that was known. Thread-safe: several
 * requests of a client use it at once.
 */
final class SessionLogin implements SessionNote {

    /**
     * Who a session belongs to.
     *
     * @param scheme what {@code getAuthType} says
     */
    record Identity(User user, String scheme) {}

    private @Nullable Identity identity;
    private @Nullable SavedRequest saved;
    private int shortened;
    private int lifetime;

    /**
     * Gives a request's session, which is made where there is none, to a user. One that was there
     * gets another id, for its old one may be known to somebody else.
     */
    static SessionLogin logIn(SessionAccess sessions, User user, String scheme) {
        if (sessions.session(false) != null) {
            sessions.changeId();
        }
        SessionLogin login = (SessionLogin) sessions.note(SessionLogin::new);
        HttpSession session = sessions.session(false);
        if (session != null) {
            login.identify(session, new Identity(user, scheme));
        }
        return login;
    }

    /**
     * Who the session belongs to, or null. The session may have come from another version of the
     * application: whoever proved there in another way who it is, has to prove it again.
     *
     * @param scheme what the application calls its way to log in
     */
    synchronized @Nullable Identity identity(String scheme) {
        Identity known = identity;
        return known == null || !known.scheme().equals(scheme) ? null : known;
    }

    synchronized void forget() {
        identity = null;
        saved = null;
    }

    /** Keeps a request, in the place of one that was kept before. */
    synchronized void save(SavedRequest request) {
        saved = request;
    }

    /** The target of the request that is kept, or null. */
    synchronized @Nullable String savedTarget() {
        SavedRequest kept = saved;
        return kept == null ? null : kept.target();
    }

    /** Takes the request that is kept, if whoever asks for it is known by now. */
    synchronized @Nullable SavedRequest take(Predicate<SavedRequest> condition) {
        SavedRequest kept = saved;
        if (identity == null || kept == null || !condition.test(kept)) {
            return null;
        }
        saved = null;
        return kept;
    }

    /** A session that was only made for a form ends soon unless its user logs in. */
    synchronized void shorten(HttpSession session, int seconds) {
        int usual = session.getMaxInactiveInterval();
        if (usual <= 0 || usual > seconds) {
            lifetime = usual;
            shortened = seconds;
            session.setMaxInactiveInterval(seconds);
        }
    }

    /** The session belongs to somebody. */
    private synchronized void identify(HttpSession session, Identity known) {
        identity = known;
        if (shortened > 0 && session.getMaxInactiveInterval() == shortened) {
            session.setMaxInactiveInterval(lifetime);
        }
        shortened = 0;
    }
}
