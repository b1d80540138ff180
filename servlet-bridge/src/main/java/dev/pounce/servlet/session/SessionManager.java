package dev.pounce.servlet.session;

import dev.pounce.deploy.WithLoader;

import jakarta.servlet.ServletContext;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final SessionDeparture departure = new SessionDeparture(this);
    private final SessionCodec codec;

    /** One arrives at a time, so that nobody arrives twice. */
    private final Object arrivals = new Object();

    /** The ids of those that are neither where they come from nor here yet. */
    private final Set<String> arriving = ConcurrentHashMap.newKeySet();

    private volatile @Nullable SessionDeparture predecessor;
    private volatile @Nullable Runnable whenEmpty;
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
        codec = new SessionCodec(context.getContextPath() + "/", context.getClassLoader());
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
        predecessor = null;
        whenEmpty = null;
        WithLoader.run(context.getClassLoader(), () -> sessions.values().forEach(this::end));
    }

    // Sessions that move

    /**
     * Calls back when there is no session any more, from now on; at once when there is none. One
     * that is still on its way here counts.
     */
    public void whenEmpty(Runnable callback) {
        whenEmpty = callback;
        tellWhenEmpty();
    }

    private void tellWhenEmpty() {
        Runnable callback = whenEmpty;
        if (callback != null && predecessor == null && sessions.isEmpty()) {
            callback.run();
        }
    }

    /** The sessions as they leave for a successor. */
    public SessionDeparture departure() {
        return departure;
    }

    /**
     * Whether there is a session with that id, here or on its way here. Enters nothing, and waits
     * for nothing: it looks in the order in which a session moves.
     */
    public boolean has(String id) {
        SessionDeparture before = predecessor;
        return before != null && before.has(id)
                || arriving.contains(id)
                || sessions.containsKey(id);
    }

    /** From now on sessions come from there when a client brings their id. */
    public void receive(SessionDeparture from) {
        from.arriveAt(this);
        predecessor = from;
    }

    /** Takes over what is left there. */
    public void receiveRest(SessionDeparture from) {
        if (closed) {
            return;
        }
        from.arriveAt(this);
        synchronized (arrivals) {
            from.takeAll(arriving::add).forEach(this::arrive);
            if (predecessor == from) {
                predecessor = null;
            }
        }
        tellWhenEmpty();
    }

    private void arrive(TravellingSession coming) {
        try {
            WithLoader.run(
                    context.getClassLoader(),
                    () -> {
                        Map<String, Object> attributes = codec.attributes(coming);
                        BridgeSession session = new BridgeSession(this, coming, attributes);
                        sessions.put(coming.id(), session);
                        session.queue(now());
                        events.didActivate(session, attributes);
                    });
        } finally {
            arriving.remove(coming.id());
        }
    }

    private @Nullable BridgeSession arrived(String id) {
        SessionDeparture before = predecessor;
        if (before == null) {
            return sessions.get(id);
        }
        synchronized (arrivals) {
            if (!sessions.containsKey(id)) {
                TravellingSession coming = before.take(id, arriving::add);
                if (coming != null) {
                    arrive(coming);
                }
            }
            return sessions.get(id);
        }
    }

    /** A session leaves; null when there is none. */
    @Nullable TravellingSession depart(String id) {
        BridgeSession session = arrived(id);
        return session == null ? null : depart(session);
    }

    private @Nullable TravellingSession depart(BridgeSession session) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(context.getClassLoader());
        try {
            TravellingSession leaving = session.depart(now(), codec);
            if (leaving != null) {
                sessions.remove(leaving.id(), session);
            }
            return leaving;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The ids of all that are to leave, those included that have not arrived yet. */
    List<String> idsToDepart() {
        SessionDeparture before = predecessor;
        if (before != null) {
            before.detach();
            receiveRest(before);
        }
        return List.copyOf(sessions.keySet());
    }

    /** A session that has left is to end where it is now. */
    void endDeparted(String id) {
        departure.end(id);
    }

    /** Ends the session with that id, if there is one. */
    void end(String id) {
        BridgeSession session = arrived(id);
        if (session != null) {
            end(session);
        }
    }

    // Sessions in use

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
        if (arrived(id) != null) {
            return null;
        }
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
        if (session == null && predecessor != null) {
            session = arrived(id);
        }
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
        tellWhenEmpty();
    }
}
