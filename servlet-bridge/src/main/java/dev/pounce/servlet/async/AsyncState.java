package dev.pounce.servlet.async;

import dev.pounce.state.Transitions;

/**
 * Where the asynchronous processing of a request stands (Servlet specification, section 2.3.3.3).
 * The table is the only place that says what may follow what.
 */
public enum AsyncState {
    /** Nothing asynchronous is under way; a container's dispatch is. */
    SYNC,
    /** It was started by the dispatch that is under way, which may still set it up. */
    STARTING,
    /** A dispatch was asked for, for when the one that started it has returned. */
    STARTING_DISPATCH,
    /** Its completion was asked for, for when the dispatch that started it has returned. */
    STARTING_COMPLETE,
    /** That dispatch has returned, and nobody has said how it ends: time counts. */
    STARTED,
    /** Its time is over; listeners and the error page may still say how it ends. */
    EXPIRED,
    /** It failed; listeners and the error page may still say how it ends. */
    FAILED,
    /** A dispatch was asked for. */
    DISPATCHING,
    /** Its completion was asked for. */
    COMPLETING,
    /** Listeners hear that it is complete, and may still write. */
    ENDING,
    /** The response has ended. */
    DONE;

    /** What happens to it. */
    public enum Event {
        START,
        /** The container's dispatch has returned. */
        RETURN,
        EXPIRE,
        FAIL,
        DISPATCH,
        COMPLETE,
        /** A container's dispatch begins. */
        ENTER,
        /** The request ends, well or badly. */
        END,
        /** Everybody was told. */
        CLOSE
    }

    private static final Transitions<AsyncState, Event> TABLE =
            new Transitions<>("asynchronous processing", AsyncState.class, Event.class);

    static {
        row(SYNC, Event.START, STARTING, Event.END, ENDING);
        row(STARTING, Event.RETURN, STARTED, Event.FAIL, FAILED, Event.END, ENDING);
        row(STARTING, Event.DISPATCH, STARTING_DISPATCH, Event.COMPLETE, STARTING_COMPLETE);
        row(STARTING_DISPATCH, Event.RETURN, DISPATCHING, Event.FAIL, FAILED, Event.END, ENDING);
        row(STARTING_COMPLETE, Event.RETURN, COMPLETING, Event.END, ENDING);
        open(STARTED, Event.EXPIRE, EXPIRED, Event.FAIL, FAILED);
        open(EXPIRED, Event.FAIL, FAILED);
        open(FAILED);
        row(DISPATCHING, Event.ENTER, SYNC, Event.FAIL, FAILED, Event.END, ENDING);
        row(COMPLETING, Event.END, ENDING);
        row(ENDING, Event.CLOSE, DONE);
    }

    /** A state in which the application can say how it goes on. */
    private static void open(AsyncState from, Object... further) {
        row(from, further);
        row(from, Event.DISPATCH, DISPATCHING, Event.COMPLETE, COMPLETING, Event.END, ENDING);
    }

    private static void row(AsyncState from, Object... cells) {
        for (int i = 0; i < cells.length; i += 2) {
            TABLE.put(from, (Event) cells[i], (AsyncState) cells[i + 1]);
        }
    }

    /**
     * Whether asynchronous processing is under way for the application. What it asks for in the
     * dispatch that started it takes effect when that has returned.
     */
    boolean isStarted() {
        return switch (this) {
            case STARTING, STARTING_DISPATCH, STARTING_COMPLETE, STARTED, EXPIRED, FAILED -> true;
            case SYNC, DISPATCHING, COMPLETING, ENDING, DONE -> false;
        };
    }

    /** Whether somebody has said how it goes on. */
    boolean isAsked() {
        return switch (this) {
            case STARTING_DISPATCH, STARTING_COMPLETE, DISPATCHING, COMPLETING -> true;
            case SYNC, STARTING, STARTED, EXPIRED, FAILED, ENDING, DONE -> false;
        };
    }

    /** Whether an event may happen now. */
    public boolean allows(Event event) {
        return TABLE.next(this, event) != null;
    }

    /**
     * The state after an event.
     *
     * @throws IllegalStateException when it must not happen now
     */
    public AsyncState on(Event event) {
        return TABLE.on(this, event);
    }
}
