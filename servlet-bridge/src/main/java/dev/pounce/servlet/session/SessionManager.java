package dev.pounce.servlet.session;

import jakarta.servlet.ServletContext;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The sessions of one application. Thread-safe.
 *
 * <p>Sessions expire when they are looked up, and in {@link #sweep}, which somebody has to call
 * every few seconds and which looks only at what is due.
 */
public final class SessionManager {
    private final ServletContext context;
    private final SessionConfig config;
    private final SessionEvents events;
    private final InstantSource clock;
    private final SessionIds ids = new SessionIds();
    private final ConcurrentMap<String, BridgeSession> sessions = new ConcurrentHashMap<>();
    private final ExpiryQueue queue = new ExpiryQueue();
    private volatile boolean closed;

    /**
     * @param context the application; its class loader is that of threads that end sessions outside
     *     of requests
     * @param clock the time
     */
    public SessionManager(
            ServletContext context,
            SessionConfig config,
            SessionListeners listeners,
            InstantSource clock) {
        this.context = context;
        this.config = config;
        this.clock = clock;
        events = new SessionEvents(listeners);
    }

    /** How many sessions there are, those included that are due and not ended yet. */
    public int size() {
        return sessions.size();
    }

    /**
     * Ends the sessions that are due. Listeners are called by the calling thread, with the
     * application's class loader as context class loader.
     *
     * @param now milliseconds since the epoch
     * @return how many sessions expired
     */
    public long sweep(long now) {
        ClassLoader callers = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(context.getClassLoader());
        try {
            long expired = 0;
            ExpiryQueue.Ticket ticket = queue.poll(now);
            while (ticket != null) {
                if (ticket.session().expire(now)) {
                    finishEnd(ticket.session());
                    expired++;
                }
                ticket = queue.poll(now);
            }
            return expired;
        } finally {
            Thread.currentThread().setContextClassLoader(callers);
        }
    }

    /**
     * Ends all sessions, for an application that stops; there will be no others. Listeners are
     * called as by {@link #sweep}.
     */
    public void close() {
        closed = true;
        ClassLoader callers = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(context.getClassLoader());
        try {
            sessions.values().forEach(this::end);
        } finally {
            Thread.currentThread().setContextClassLoader(callers);
        }
    }

    ServletContext context() {
        return context;
    }

    SessionConfig config() {
        return config;
    }

    SessionEvents events() {
        return events;
    }

    ExpiryQueue queue() {
        return queue;
    }

    long now() {
        return clock.millis();
    }

    /**
     * Makes a session, which the calling request is using. Nobody has been told of it: that is left
     * to the caller, who first makes it the request's session.
     *
     * @throws IllegalStateException when there are too many, or the application has stopped
     */
    BridgeSession create() {
        BridgeSession session;
        do {
            session = createAs(ids.next());
        } while (session == null);
        return session;
    }

    /**
     * Makes a session by an id that the server has made; see {@link #create}. Null when there is
     * one of that id.
     */
    @Nullable BridgeSession createAs(String id) {
        checkRoom();
        long now = now();
        BridgeSession session = new BridgeSession(this, id, now, config.timeoutSeconds());
        if (sessions.putIfAbsent(id, session) != null) {
            return null;
        }
        session.queue(now);
        // Looked at last: a session that close() did not see sees that it was called.
        if (closed) {
            if (session.beginEnd()) {
                forget(session);
            }
            throw new IllegalStateException(
                    "the application "
                            + context.getContextPath()
                            + " has stopped and makes no sessions");
        }
        return session;
    }

    private void checkRoom() {
        int most = config.maxSessions();
        if (most > 0 && sessions.size() >= most) {
            throw new IllegalStateException(
                    "the application \""
                            + context.getContextPath()
                            + "\" has "
                            + most
                            + " sessions already, which is the limit (servlet.max_sessions)");
        }
    }

    /** Begins the use of the session that a client has the id of, or returns null. */
    @Nullable BridgeSession enter(String id) {
        BridgeSession session = sessions.get(id);
        return session != null && enter(session, id, true) ? session : null;
    }

    /** Begins a use of a session, if it is there and not due, and has that id. */
    boolean enter(BridgeSession session, String id, boolean byClient) {
        return switch (session.enter(id, now(), byClient)) {
            case ENTERED -> true;
            case EXPIRED -> {
                finishEnd(session);
                yield false;
            }
            case GONE -> false;
        };
    }

    /** Gives a session a new id; nobody has been told of it. Returns the old one. */
    String changeId(BridgeSession session) {
        // 144 random bits: that the id is taken is not expected to happen, and must not be missed.
        String next = ids.next();
        while (sessions.containsKey(next)) {
            next = ids.next();
        }
        String id = next;
        return session.changeId(
                id,
                () -> {
                    sessions.put(id, session);
                    sessions.remove(session.getId(), session);
                });
    }

    /** Ends a session unless that has begun. */
    void end(BridgeSession session) {
        if (session.beginEnd()) {
            finishEnd(session);
        }
    }

    /**
     * Ends a session that nobody can enter any more: listeners see it with its attributes, then it
     * becomes invalid, then the attributes are unbound (Javadoc of HttpSession).
     */
    private void finishEnd(BridgeSession session) {
        events.destroyed(session);
        forget(session);
    }

    private void forget(BridgeSession session) {
        sessions.remove(session.getId(), session);
        session.finishEnd().forEach((name, value) -> events.removed(session, name, value));
    }
}
