package dev.pounce.exchange;

import org.jspecify.annotations.Nullable;

/** How far a response is. */
enum ResponseState {
    /** Status, fields and content may still be changed. */
    OPEN,
    /** The head is out of the application's hands; content follows. */
    STREAMING,
    /** All of it was given to the sink. */
    FINISHED,
    /** It ended without being whole, visibly for the client. */
    ABORTED;

    /** What can happen to a response. */
    enum Event {
        /** The head was given to the sink. */
        COMMIT,
        /** The content has ended. */
        FINISH,
        /** The response is broken off. */
        ABORT
    }

    /** The state that follows, or null where the event is illegal. */
    @Nullable ResponseState next(Event event) {
        return switch (this) {
            case OPEN ->
                    switch (event) {
                        case COMMIT -> STREAMING;
                        case FINISH -> null;
                        case ABORT -> ABORTED;
                    };
            case STREAMING ->
                    switch (event) {
                        case COMMIT -> null;
                        case FINISH -> FINISHED;
                        case ABORT -> ABORTED;
                    };
            case FINISHED, ABORTED -> null;
        };
    }

    /**
     * The state that follows.
     *
     * @throws IllegalStateException when the table has no such cell
     */
    ResponseState on(Event event) {
        ResponseState next = next(event);
        if (next == null) {
            throw new IllegalStateException("a response in state " + this + " cannot " + event);
        }
        return next;
    }
}
