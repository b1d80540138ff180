package dev.pounce.server;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Map;

/**
 * Who acts for an exchange on virtual threads. Illegal changes throw.
 *
 * <p>The table of {@link #on} is the only place that says which event leads where; {@code
 * docs/states.md} shows it.
 */
enum ExchangeState {
    /** A thread, after which the exchange ends. */
    RUNNING,
    /** A thread, after which the exchange is suspended. */
    SUSPENDING,
    /** A thread, after which it goes on with the next step. */
    RESUMED,
    /** Nobody. */
    SUSPENDED,
    /** Nobody any more. */
    ENDED;

    /** What can happen to an exchange. */
    enum Event {
        /** It is not to end with the step that is running. */
        SUSPEND,
        /** Somebody has given the next step. */
        RESUME,
        /** The step that is running has failed. */
        FAIL,
        /** The step that was running has returned. */
        RETURN
    }

    private static final Map<ExchangeState, Map<Event, ExchangeState>> TABLE =
            new EnumMap<>(ExchangeState.class);

    static {
        row(RUNNING).put(Event.SUSPEND, SUSPENDING);
        row(RUNNING).put(Event.FAIL, RUNNING);
        row(RUNNING).put(Event.RETURN, ENDED);
        row(SUSPENDING).put(Event.RESUME, RESUMED);
        row(SUSPENDING).put(Event.FAIL, RUNNING);
        row(SUSPENDING).put(Event.RETURN, SUSPENDED);
        row(RESUMED).put(Event.FAIL, RUNNING);
        row(RESUMED).put(Event.RETURN, RUNNING);
        row(SUSPENDED).put(Event.RESUME, RUNNING);
    }

    private static Map<Event, ExchangeState> row(ExchangeState state) {
        return TABLE.computeIfAbsent(state, key -> new EnumMap<>(Event.class));
    }

    /** The state that follows, or null where the event is illegal. */
    @Nullable ExchangeState next(Event event) {
        return row(this).get(event);
    }

    /**
     * The state that follows.
     *
     * @throws IllegalStateException when the table has no such cell
     */
    ExchangeState on(Event event) {
        ExchangeState next = next(event);
        if (next == null) {
            throw new IllegalStateException("an exchange that is " + this + " cannot " + event);
        }
        return next;
    }
}
