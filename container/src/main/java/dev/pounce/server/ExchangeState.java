package dev.pounce.server;

import dev.pounce.state.Transitions;

import org.jspecify.annotations.Nullable;

/**
 * Who acts for an exchange that may wait. Illegal changes throw.
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
        /** Another exchange begins with the same objects. */
        BEGIN,
        /** It is not to end with the step that is running. */
        SUSPEND,
        /** Somebody has given the next step. */
        RESUME,
        /** The step that is running has failed. */
        FAIL,
        /** The step that was running has returned. */
        RETURN
    }

    private static final Transitions<ExchangeState, Event> TABLE =
            new Transitions<>("an exchange", ExchangeState.class, Event.class);

    static {
        TABLE.put(RUNNING, Event.SUSPEND, SUSPENDING);
        TABLE.put(RUNNING, Event.FAIL, RUNNING);
        TABLE.put(RUNNING, Event.RETURN, ENDED);
        TABLE.put(SUSPENDING, Event.RESUME, RESUMED);
        TABLE.put(SUSPENDING, Event.FAIL, RUNNING);
        TABLE.put(SUSPENDING, Event.RETURN, SUSPENDED);
        TABLE.put(RESUMED, Event.FAIL, RUNNING);
        TABLE.put(RESUMED, Event.RETURN, RUNNING);
        TABLE.put(SUSPENDED, Event.RESUME, RUNNING);
        TABLE.put(ENDED, Event.BEGIN, RUNNING);
    }

    /** The state that follows, or null where the event is illegal. */
    @Nullable ExchangeState next(Event event) {
        return TABLE.next(this, event);
    }

    /**
     * The state that follows.
     *
     * @throws IllegalStateException when the table has no such cell
     */
    ExchangeState on(Event event) {
        return TABLE.on(this, event);
    }
}
