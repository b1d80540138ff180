package dev.pounce.servlet.session;

import dev.pounce.deploy.DepartingSessions;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The sessions of one version of an application that leave for the next one. Requests of the old
 * version that still run keep the objects that they have; only their end goes on counting: a
 * session that one of them invalidates ends in the new version, too. Thread-safe.
 */
public final class SessionDeparture implements DepartingSessions {
    // Guarded by this, so that a session is always in one of the two
    private final Map<String, TravellingSession> detached = new HashMap<>();
    private @Nullable SessionManager from;

    private volatile @Nullable SessionManager to;

    SessionDeparture(SessionManager from) {
        this.from = from;
    }

    /** The sessions go to that application from now on. */
    void arriveAt(SessionManager successor) {
        to = successor;
    }

    synchronized boolean has(String id) {
        SessionManager source = from;
        return detached.containsKey(id) || source != null && source.has(id);
    }

    /**
     * Takes a session along; null when there is none.
     *
     * @param leaves is told the id of one that leaves, before {@link #has} knows it no more
     */
    synchronized @Nullable TravellingSession take(String id, Consumer<String> leaves) {
        TravellingSession known = detached.get(id);
        SessionManager source = from;
        if (known == null && source != null) {
            known = source.depart(id);
        }
        if (known != null) {
            leaves.accept(id);
            detached.remove(id);
        }
        return known;
    }

    /**
     * Takes all that are left, once they are detached.
     *
     * @param leaves as with {@link #take}
     */
    synchronized List<TravellingSession> takeAll(Consumer<String> leaves) {
        List<TravellingSession> all = List.copyOf(detached.values());
        detached.keySet().forEach(leaves);
        detached.clear();
        return all;
    }

    /** A session that has left is to end. */
    void end(String id) {
        SessionManager successor = to;
        synchronized (this) {
            if (detached.remove(id) != null) {
                return;
            }
        }
        if (successor != null) {
            successor.end(id);
        }
    }

    @Override
    public void detach() {
        SessionManager source;
        synchronized (this) {
            source = from;
        }
        if (source == null) {
            return;
        }
        for (String id : source.idsToDepart()) {
            detach(source, id);
        }
        synchronized (this) {
            from = null;
        }
    }

    private synchronized void detach(SessionManager source, String id) {
        TravellingSession leaving = source.depart(id);
        if (leaving != null) {
            detached.put(id, leaving.detached());
        }
    }
}
