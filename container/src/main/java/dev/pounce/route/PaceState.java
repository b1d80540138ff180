package dev.pounce.route;

import dev.pounce.state.Transitions;

import org.jspecify.annotations.Nullable;

/**
 * What a route has shown of itself. Illegal changes throw.
 *
 * <p>The table of {@link #on} is the only place that says which event leads where; {@code
 * docs/states.md} shows it.
 */
public enum PaceState {
    /** Its requests are short, as far as is known: they start in place. */
    SHORT,
    /** Too many of them took long: they start on virtual threads. */
    LONG,
    /** They were short on virtual threads, and start in place again; the next fall costs more. */
    TRIAL;

    /** What a route can show. */
    public enum Event {
        /** Too many of its requests in place took long. */
        TOO_SLOW,
        /** Enough of its requests on virtual threads were short. */
        PROVEN,
        /** Enough of its requests in place were short again. */
        TRUSTED
    }

    private static final Transitions<PaceState, Event> TABLE =
            new Transitions<>("a route", PaceState.class, Event.class);

    static {
        TABLE.put(SHORT, Event.TOO_SLOW, LONG);
        TABLE.put(LONG, Event.PROVEN, TRIAL);
        TABLE.put(TRIAL, Event.TOO_SLOW, LONG);
        TABLE.put(TRIAL, Event.TRUSTED, SHORT);
    }

    /** The state that follows, or null where the event is illegal. */
    public @Nullable PaceState next(Event event) {
        return TABLE.next(this, event);
    }

    /**
     * The state that follows.
     *
     * @throws IllegalStateException when the table has no such cell
     */
    public PaceState on(Event event) {
        return TABLE.on(this, event);
    }
}
