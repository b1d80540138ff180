package dev.pounce.deploy;

import dev.pounce.state.Transitions;

/**
 * The life of one deployed version of an application. Illegal changes throw.
 *
 * <p>The table of {@link #on} is the only place that says which event leads where; {@code
 * docs/states.md} shows it.
 */
public enum AppState {
    /** It is being started; requests for it wait where the one before was stopped first. */
    STARTING,
    /** New requests and new sessions go to it. */
    RUNNING,
    /** A newer version is there: it has the requests of the sessions that began with it. */
    SUPERSEDED,
    /** It did not start; the reason says why. */
    FAILED,
    /** No request reaches it any more; those that have reached it run to their end. */
    RETIRING,
    /** It is closed. */
    STOPPED;

    /** What can happen to an application. */
    public enum Event {
        /** Its start has succeeded. */
        START,
        /** Its start has failed. */
        FAIL,
        /** A newer version runs beside it. */
        SUPERSEDE,
        /** The newer version is gone. */
        PROMOTE,
        /** It was replaced, or is undeployed. */
        RETIRE,
        /** Its last request has ended, or has had its time. */
        STOP
    }

    private static final Transitions<AppState, Event> TABLE =
            new Transitions<>("an application", AppState.class, Event.class);

    static {
        TABLE.put(STARTING, Event.START, RUNNING);
        TABLE.put(STARTING, Event.FAIL, FAILED);
        TABLE.put(RUNNING, Event.SUPERSEDE, SUPERSEDED);
        TABLE.put(RUNNING, Event.RETIRE, RETIRING);
        TABLE.put(SUPERSEDED, Event.PROMOTE, RUNNING);
        TABLE.put(SUPERSEDED, Event.RETIRE, RETIRING);
        TABLE.put(RETIRING, Event.STOP, STOPPED);
    }

    /**
     * The state that follows.
     *
     * @throws IllegalStateException when the table has no such cell
     */
    public AppState on(Event event) {
        return TABLE.on(this, event);
    }

    /** Whether requests can reach it. */
    public boolean isServing() {
        return this == RUNNING || this == SUPERSEDED;
    }
}
