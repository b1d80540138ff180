package dev.pounce.server;

import dev.pounce.io.EventLoop;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Finds the connections of a worker that have waited longest for their next request, so that they
 * give way to new ones. Connections know nothing of it: looking for them costs only a worker that
 * is full, and one look finds several. Used by the thread that leads only.
 */
final class IdleConnections {
    private static final int FOUND_AT_A_TIME = 64;

    /** What was found, and until when it was idle then: one that was used since is another case. */
    private record Found(Http1Connection connection, long until) {}

    private static final Comparator<Found> LATEST_FIRST =
            Comparator.comparingLong(Found::until).reversed();

    private final EventLoop loop;
    private final Deque<Found> longestFirst = new ArrayDeque<>();
    private long foundNoneAt = Long.MIN_VALUE;

    IdleConnections(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * Ends the connection that is idle for the longest time; false when none is.
     *
     * @param atOnce whether there is no time for a linger
     */
    boolean endOne(boolean atOnce) {
        if (endFound(atOnce)) {
            return true;
        }
        long now = loop.deadlines().now();
        if (now == foundNoneAt) {
            return false;
        }
        find();
        if (endFound(atOnce)) {
            return true;
        }
        foundNoneAt = now;
        return false;
    }

    private boolean endFound(boolean atOnce) {
        for (Found found = longestFirst.poll(); found != null; found = longestFirst.poll()) {
            Http1Connection connection = found.connection;
            boolean idleSince = connection.isKeptAlive() && connection.idleUntil() == found.until;
            if (idleSince && connection.giveWay(atOnce)) {
                return true;
            }
        }
        return false;
    }

    private void find() {
        Queue<Found> latestFirst = new PriorityQueue<>(LATEST_FIRST);
        for (EventLoop.Readiness each : loop.registered()) {
            if (each instanceof Http1Connection connection && connection.isKeptAlive()) {
                latestFirst.add(new Found(connection, connection.idleUntil()));
                if (latestFirst.size() > FOUND_AT_A_TIME) {
                    latestFirst.remove();
                }
            }
        }
        for (Found found = latestFirst.poll(); found != null; found = latestFirst.poll()) {
            longestFirst.addFirst(found);
        }
    }
}
