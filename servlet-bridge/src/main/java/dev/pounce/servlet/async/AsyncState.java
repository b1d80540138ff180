package dev.pounce.servlet.async;

import java.util.EnumMap;
import java.util.Map;

/**
 * Where the asynchronous processing of a request stands (Servlet specification, section 2.3.3.3).
 * The table is the only place that says what may follow what.
 */
public enum AsyncState {
    /** Nothing asynchronous is under way; a container's dispatch is. */
    SYNC,
    /** It was started, and nobody has said how it ends. */
    STARTED,
    /** Its time is over; listeners and the error page may still say how it ends. */
    EXPIRED,
    /** It failed; listeners and the error page may still say how it ends. */
    FAILED,
    /** A dispatch was asked for. */
    DISPATCHING,
    /** Its completion was asked for. */
    COMPLETING,
    /** The response has ended. */
    DONE;

    /** What happens to it. */
    public enum Event {
        START,
        EXPIRE,
        FAIL,
        DISPATCH,
        COMPLETE,
        /** A container's dispatch begins. */
        ENTER
    }

    private static final Map<AsyncState, Map<Event, AsyncState>> TABLE =
            new EnumMap<>(AsyncState.class);

    static {
        row(SYNC, Event.START, STARTED);
        row(
                STARTED,
                Event.EXPIRE,
                EXPIRED,
                Event.FAIL,
                FAILED,
                Event.DISPATCH,
                DISPATCHING,
                Event.COMPLETE,
                COMPLETING);
        row(EXPIRED, Event.DISPATCH, DISPATCHING, Event.COMPLETE, COMPLETING, Event.FAIL, FAILED);
        row(FAILED, Event.DISPATCH, DISPATCHING, Event.COMPLETE, COMPLETING);
        row(DISPATCHING, Event.ENTER, SYNC, Event.FAIL, FAILED);
        row(COMPLETING);
        row(DONE);
    }

    private static void row(AsyncState from, Object... cells) {
        Map<Event, AsyncState> row = new EnumMap<>(Event.class);
        for (int i = 0; i < cells.length; i += 2) {
            row.put((Event) cells[i], (AsyncState) cells[i + 1]);
        }
        TABLE.put(from, row);
    }

    /** Whether an event may happen now. */
    public boolean allows(Event event) {
        return java.util.Objects.requireNonNull(TABLE.get(this)).containsKey(event);
    }

    /**
     * The state after an event.
     *
     * @throws IllegalStateException when it must not happen now
     */
    public AsyncState on(Event event) {
        AsyncState next = java.util.Objects.requireNonNull(TABLE.get(this)).get(event);
        if (next == null) {
            throw new IllegalStateException(
                    "asynchronous processing is " + this + ", where " + event + " has no place");
        }
        return next;
    }
}
