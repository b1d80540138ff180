package dev.pounce.route;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Bounds how many requests of one application run at a time on threads of their own: those beyond
 * wait in the order in which they came, in a bounded number, for a bounded time. A request that
 * waits holds no thread. Thread-safe, without a lock; a request that need not wait costs two
 * changes of a counter.
 */
public final class RequestQueue {
    private final int maxRunning;
    private final int maxWaiting;
    private final long waitNanos;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ConcurrentLinkedQueue<Ticket> tickets = new ConcurrentLinkedQueue<>();

    /**
     * A queue with nobody in it.
     *
     * @param maxRunning requests that run at a time
     * @param maxWaiting requests that wait at a time
     * @param waitNanos how long one may wait
     */
    public RequestQueue(int maxRunning, int maxWaiting, long waitNanos) {
        this.maxRunning = maxRunning;
        this.maxWaiting = maxWaiting;
        this.waitNanos = waitNanos;
    }

    /** How long a request may wait; whoever gave a ticket has it expire then. */
    public long waitNanos() {
        return waitNanos;
    }

    /** Requests that run now. */
    public int running() {
        return running.get();
    }

    /** Requests that wait now. */
    public int waiting() {
        return waiting.get();
    }

    /** Begins to run a request, unless it would have to wait. */
    public boolean tryEnter() {
        return waiting.get() == 0 && claim();
    }

    /**
     * Waits until there is room.
     *
     * @param start begins the request; called once by whatever thread makes room, which must not be
     *     kept, or by the caller
     * @param refuse answers the request when its ticket has expired
     * @return null when too many wait
     */
    public @Nullable Ticket await(Runnable start, Runnable refuse) {
        if (waiting.incrementAndGet() > maxWaiting) {
            waiting.decrementAndGet();
            return null;
        }
        Ticket ticket = new Ticket(start, refuse);
        tickets.add(ticket);
        startWaiting();
        return ticket;
    }

    /** A request that has left goes on: it was let in before, so it does not wait again. */
    public void reenter() {
        running.incrementAndGet();
    }

    /** A request runs no longer. */
    public void leave() {
        running.decrementAndGet();
        startWaiting();
    }

    private boolean claim() {
        int now = running.get();
        while (now < maxRunning) {
            if (running.compareAndSet(now, now + 1)) {
                return true;
            }
            now = running.get();
        }
        return false;
    }

    private void startWaiting() {
        while (!tickets.isEmpty() && claim()) {
            Ticket next = tickets.poll();
            while (next != null && !next.end(Ticket.State.STARTED)) {
                next = tickets.poll();
            }
            if (next == null) {
                // another one may have come and found this claim in its way: look again
                running.decrementAndGet();
            } else {
                next.start.run();
            }
        }
    }

    /** A request that waits. */
    public final class Ticket {
        private enum State {
            WAITING,
            STARTED,
            EXPIRED
        }

        private final Runnable start;
        private final Runnable refuse;
        private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

        private Ticket(Runnable start, Runnable refuse) {
            this.start = start;
            this.refuse = refuse;
        }

        private boolean end(State how) {
            boolean first = state.compareAndSet(State.WAITING, how);
            if (first) {
                waiting.decrementAndGet();
            }
            return first;
        }

        /** The request has waited for too long; nothing happens when it was started before. */
        public void expire() {
            if (end(State.EXPIRED)) {
                tickets.remove(this);
                refuse.run();
            }
        }
    }
}
