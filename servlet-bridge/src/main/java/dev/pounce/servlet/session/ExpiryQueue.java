package dev.pounce.servlet.session;

import org.jspecify.annotations.Nullable;

import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sessions that may expire, by the time at which that has to be looked at. A session has one
 * ticket at most. Using a session leaves its ticket alone, which so comes up too early and is
 * exchanged for a later one then; a ticket is never too late. Thread-safe.
 */
final class ExpiryQueue {

    /**
     * A place in the queue.
     *
     * @param due milliseconds since the epoch
     * @param number tells apart what is due at the same time
     */
    record Ticket(long due, long number, BridgeSession session) implements Comparable<Ticket> {
        @Override
        public int compareTo(Ticket other) {
            int byTime = Long.compare(due, other.due);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final ConcurrentSkipListSet<Ticket> tickets = new ConcurrentSkipListSet<>();
    private final AtomicLong numbers = new AtomicLong();

    /** Queues a session. */
    Ticket add(BridgeSession session, long due) {
        Ticket ticket = new Ticket(due, numbers.incrementAndGet(), session);
        tickets.add(ticket);
        return ticket;
    }

    /** Takes a ticket out; nothing when it is out already. */
    void remove(@Nullable Ticket ticket) {
        if (ticket != null) {
            tickets.remove(ticket);
        }
    }

    /** Takes out the first ticket that is due, or returns null when none is. */
    @Nullable Ticket poll(long now) {
        while (!tickets.isEmpty()) {
            Ticket first;
            try {
                first = tickets.first();
            } catch (NoSuchElementException e) {
                return null;
            }
            if (first.due > now) {
                return null;
            }
            if (tickets.remove(first)) {
                return first;
            }
        }
        return null;
    }

    int size() {
        return tickets.size();
    }
}
