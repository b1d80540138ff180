package dev.pounce.io;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Map;

/**
 * Whether a thread leads an {@link EventLoop}. Illegal changes throw.
 *
 * <p>The table of {@link #on} is the only place that says which event leads where; {@code
 * docs/states.md} shows it.
 */
public enum LeadState {
    /** Leads, and runs code that is known to be short. */
    FREE,
    /** Leads, and runs code of which nobody knows how long it takes. */
    OCCUPIED,
    /** Another thread takes the loop over; this one must touch nothing that belongs to it. */
    TAKING,
    /** Leads nothing. */
    LOST;

    /** What can happen to a thread that leads. */
    public enum Event {
        /** The thread enters code of unknown length. */
        ENTER,
        /** The thread comes back from it in time. */
        LEAVE,
        /** Another thread begins to take the loop over. */
        TAKE,
        /** The loop is taken over. */
        TAKEN,
        /** The thread hands the loop on of its own accord. */
        HAND_ON,
        /** The thread begins to lead. */
        LEAD
    }

    private static final Map<LeadState, Map<Event, LeadState>> TABLE =
            new EnumMap<>(LeadState.class);

    static {
        row(FREE).put(Event.ENTER, OCCUPIED);
        row(FREE).put(Event.HAND_ON, LOST);
        row(OCCUPIED).put(Event.LEAVE, FREE);
        row(OCCUPIED).put(Event.TAKE, TAKING);
        row(TAKING).put(Event.TAKEN, LOST);
        row(LOST).put(Event.LEAD, FREE);
    }

    private static Map<Event, LeadState> row(LeadState state) {
        return TABLE.computeIfAbsent(state, key -> new EnumMap<>(Event.class));
    }

    /** The state that follows, or null where the event is illegal. */
    public @Nullable LeadState next(Event event) {
        return row(this).get(event);
    }

    /**
     * The state that follows.
     *
     * @throws IllegalStateException when the table has no such cell
     */
    public LeadState on(Event event) {
        LeadState next = next(event);
        if (next == null) {
            throw new IllegalStateException("a leader in state " + this + " cannot " + event);
        }
        return next;
    }
}
