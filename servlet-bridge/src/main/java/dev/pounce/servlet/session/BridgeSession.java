package dev.pounce.servlet.session;

import dev.pounce.servlet.http.SessionNote;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A session as servlets see it. Thread-safe: several requests of a client use it at once. Listeners
 * are called without a lock held.
 */
public final class BridgeSession implements HttpSession {

    /** How an attempt to use a session went. */
    enum Entry {
        /** The session is in use now, until {@link #leave}. */
        ENTERED,
        /** It was due; whoever tried has to end it. */
        EXPIRED,
        /** It is no longer there, or no longer has that id. */
        GONE
    }

    private final SessionManager manager;
    private final long creationTime;

    /** Not the session itself: applications synchronize on that. */
    private final Object lock = new Object();

    /** Changed with the lock held, so that nothing is added to a session that has ended. */
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();

    /** Set with the lock held, once. */
    private volatile @Nullable SessionNote note;

    /** Changed with the lock held. */
    private volatile SessionState state = SessionState.VALID;

    /** Changed with the lock held. */
    private volatile String id;

    // Guarded by the lock
    private int maxInactiveSeconds;
    private int users;
    private long idleSince;
    private long accessed;
    private long accessedBefore;
    private boolean isNew = true;
    private ExpiryQueue.@Nullable Ticket ticket;

    /** A session that the request which makes it is using. */
    BridgeSession(SessionManager manager, String id, long now, int maxInactiveSeconds) {
        this.manager = manager;
        this.id = id;
        this.maxInactiveSeconds = maxInactiveSeconds;
        creationTime = now;
        idleSince = now;
        accessed = now;
        accessedBefore = now;
        users = 1;
    }

    /** A session that has come from another version of the application; nobody uses it. */
    BridgeSession(SessionManager manager, TravellingSession from, Map<String, Object> attributes) {
        this.manager = manager;
        this.id = from.id();
        this.maxInactiveSeconds = from.maxInactiveSeconds();
        this.attributes.putAll(attributes);
        creationTime = from.creationTime();
        idleSince = from.accessed();
        accessed = from.accessed();
        accessedBefore = from.accessedBefore();
        isNew = from.isNew();
        note = from.note();
    }

    // Life

    /**
     * Leaves for another version of the application: from now on nobody can enter.
     *
     * @return the session as it is now; null when it has ended or is due
     */
    @Nullable TravellingSession depart(long now, SessionCodec codec) {
        synchronized (lock) {
            if (state != SessionState.VALID || isDue(now)) {
                return null;
            }
            state = SessionState.DEPARTED;
            manager.queue().remove(ticket);
            ticket = null;
        }
        // what a request changes from now on stays behind
        Map<String, Object> left = Map.copyOf(attributes);
        manager.events().willPassivate(this, left);
        byte[] whole = codec.whole(left);
        synchronized (lock) {
            return new TravellingSession(
                    id,
                    creationTime,
                    accessed,
                    accessedBefore,
                    maxInactiveSeconds,
                    isNew,
                    note,
                    whole,
                    () -> codec.single(left));
        }
    }

    /**
     * Begins a use of the session, which does not expire before its end.
     *
     * @param requestedId the id that the user knows
     * @param byClient whether the user is the client, who so joins the session
     */
    Entry enter(String requestedId, long now, boolean byClient) {
        synchronized (lock) {
            if (state != SessionState.VALID || !id.equals(requestedId)) {
                return Entry.GONE;
            }
            if (isDue(now)) {
                state = state.next();
                return Entry.EXPIRED;
            }
            users++;
            accessedBefore = accessed;
            accessed = now;
            if (byClient) {
                isNew = false;
            }
            return Entry.ENTERED;
        }
    }

    /** Ends a use of the session; from now on it is idle unless somebody else uses it. */
    void leave(long now) {
        synchronized (lock) {
            users--;
            idleSince = now;
        }
    }

    private boolean isDue(long now) {
        return users == 0 && maxInactiveSeconds > 0 && now >= dueAfter(idleSince);
    }

    private long dueAfter(long time) {
        return time + maxInactiveSeconds * 1000L;
    }

    /** Takes a place in the queue, in exchange for the one that the session may have. */
    void queue(long now) {
        synchronized (lock) {
            manager.queue().remove(ticket);
            ticket = null;
            if (state == SessionState.VALID && maxInactiveSeconds > 0) {
                long due = dueAfter(users > 0 ? now : idleSince);
                ticket = manager.queue().add(this, due);
            }
        }
    }

    /**
     * Begins the end of a session whose ticket came up, or takes a new ticket.
     *
     * @return whether the caller has to end the session
     */
    boolean expire(long now) {
        synchronized (lock) {
            if (state == SessionState.VALID && isDue(now)) {
                state = state.next();
                return true;
            }
            queue(now);
            return false;
        }
    }

    /**
     * Begins the end of the session.
     *
     * @return false when somebody else has begun it
     */
    boolean beginEnd() {
        synchronized (lock) {
            if (state != SessionState.VALID) {
                return false;
            }
            state = state.next();
            return true;
        }
    }

    /** Makes the session invalid and returns the attributes that it had. */
    Map<String, Object> finishEnd() {
        synchronized (lock) {
            state = state.next();
            manager.queue().remove(ticket);
            ticket = null;
            Map<String, Object> left = Map.copyOf(attributes);
            attributes.clear();
            return left;
        }
    }

    /**
     * Changes the id while nobody can enter.
     *
     * @param exchange makes the session known by the new id, and unknown by the old one
     * @return the old id
     * @throws IllegalStateException when the session has ended, or is about to
     */
    String changeId(String next, Runnable exchange) {
        synchronized (lock) {
            if (state != SessionState.VALID) {
                throw new IllegalStateException(
                        "the id of a session was to be changed that is invalidated");
            }
            String old = id;
            exchange.run();
            id = next;
            return old;
        }
    }

    /** Whether its attributes can be used. */
    boolean isUsable() {
        return state.hasAttributes();
    }

    /** What the server keeps with it, or null. */
    @Nullable SessionNote note() {
        return note;
    }

    /** What the server keeps with it, from now on if there was nothing. */
    SessionNote note(Supplier<? extends SessionNote> made) {
        synchronized (lock) {
            SessionNote known = note;
            if (known == null) {
                known = made.get();
                note = known;
            }
            return known;
        }
    }

    private void checkUsable(String what) {
        if (!isUsable()) {
            throw new IllegalStateException(what + " was called on an invalidated session");
        }
    }

    // HttpSession

    @Override
    public long getCreationTime() {
        checkUsable("getCreationTime()");
        return creationTime;
    }

    @Override
    public String getId() {
        return id;
    }

    /** The access before the one that takes place now (Servlet specification, section 7.6). */
    @Override
    public long getLastAccessedTime() {
        checkUsable("getLastAccessedTime()");
        synchronized (lock) {
            return users > 0 ? accessedBefore : accessed;
        }
    }

    @Override
    public ServletContext getServletContext() {
        return manager.context();
    }

    @Override
    public void setMaxInactiveInterval(int seconds) {
        synchronized (lock) {
            maxInactiveSeconds = seconds;
            queue(manager.now());
        }
    }

    @Override
    public int getMaxInactiveInterval() {
        synchronized (lock) {
            return maxInactiveSeconds;
        }
    }

    @Override
    public @Nullable Object getAttribute(@Nullable String name) {
        checkUsable("getAttribute()");
        return name == null ? null : attributes.get(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        checkUsable("getAttributeNames()");
        return Collections.enumeration(new ArrayList<>(attributes.keySet()));
    }

    @Override
    public void setAttribute(@Nullable String name, @Nullable Object value) {
        if (name == null) {
            throw new IllegalArgumentException("the name of a session attribute must not be null");
        }
        if (value == null) {
            removeAttribute(name);
            return;
        }
        Object former;
        synchronized (lock) {
            checkUsable("setAttribute()");
            former = attributes.put(name, value);
        }
        manager.events().set(this, name, former, value);
    }

    @Override
    public void removeAttribute(@Nullable String name) {
        Object former;
        synchronized (lock) {
            checkUsable("removeAttribute()");
            former = name == null ? null : attributes.remove(name);
        }
        if (name != null && former != null) {
            manager.events().removed(this, name, former);
        }
    }

    /** A listener that is told of the end may call it, to no effect. */
    @Override
    public void invalidate() {
        checkUsable("invalidate()");
        if (state == SessionState.DEPARTED) {
            manager.endDeparted(id);
        }
        manager.end(this);
    }

    @Override
    public boolean isNew() {
        checkUsable("isNew()");
        synchronized (lock) {
            return isNew;
        }
    }

    @Override
    public Accessor getAccessor() {
        checkUsable("getAccessor()");
        return new IdAccessor(id);
    }

    /** Uses the session outside of a request, as long as it has the same id. */
    private final class IdAccessor implements Accessor {
        private final String knownId;

        IdAccessor(String knownId) {
            this.knownId = knownId;
        }

        @Override
        public void access(Consumer<HttpSession> consumer) {
            if (!manager.enter(BridgeSession.this, knownId, false)) {
                throw new IllegalStateException(
                        "the session was invalidated, or its id changed, since the accessor was"
                                + " obtained");
            }
            try {
                consumer.accept(BridgeSession.this);
            } finally {
                leave(manager.now());
            }
        }
    }
}
