package dev.pounce.io;

import dev.pounce.state.Transitions;

import org.jspecify.annotations.Nullable;

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

    private static final Transitions<LeadState, Event> TABLE =
            new Transitions<>("a leader", LeadState.class, Event.class);

    static {
        TABLE.put(FREE, Event.ENTER, OCCUPIED);
        TABLE.put(FREE, Event.HAND_ON, LOST);
        TABLE.put(OCCUPIED, Event.LEAVE, FREE);
        TABLE.put(OCCUPIED, Event.TAKE, TAKING);
        TABLE.put(TAKING, Event.TAKEN, LOST);
        TABLE.put(LOST, Event.LEAD, FREE);
    }

    /** The state that follows, or null where the event is illegal. */
    public @Nullable LeadState next(Event event) {
        return TABLE.next(this, event);
    }

    /**
     * The state that follows.
     *
     * @throws IllegalStateException when the table has no such cell
     */
    public LeadState on(Event event) {
        return TABLE.on(this, event);
    }
}
