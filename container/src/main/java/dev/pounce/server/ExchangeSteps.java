package dev.pounce.server;

import dev.pounce.exchange.Suspension.Step;
import dev.pounce.server.ExchangeState.Event;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * Who acts for an exchange, and what is done next. Any thread may call it; a state and the step
 * that belongs to it change together, under the lock of this object, so that whoever resumes an
 * exchange that was suspended is either taken at his word or was not the first.
 */
final class ExchangeSteps {

    /** What becomes of a step. */
    enum Taken {
        /** Nothing: the exchange is not suspended, or was resumed before. */
        REFUSED,
        /** The thread that is still running runs it. */
        LATER,
        /** The caller has to start it. */
        NOW
    }

    /** What a thread does next whose step has returned. */
    enum After {
        /** It runs {@link #next}. */
        GO_ON,
        /** Nothing: the exchange is suspended, and may be another thread's already. */
        LEAVE,
        /** It ends the exchange. */
        END
    }

    private ExchangeState state = ExchangeState.ENDED;
    private @Nullable Step next;

    /** A thread begins to act for an exchange; the one before has ended. */
    synchronized void begin() {
        state = state.on(Event.BEGIN);
    }

    /**
     * The exchange does not end with the step that is running.
     *
     * @throws IllegalStateException when that was said before
     */
    synchronized void suspend() {
        state = state.on(Event.SUSPEND);
    }

    /** Gives the next step. */
    synchronized Taken resume(Step step) {
        ExchangeState resumed = state.next(Event.RESUME);
        if (resumed == null) {
            return Taken.REFUSED;
        }
        state = resumed;
        if (resumed == ExchangeState.RUNNING) {
            return Taken.NOW;
        }
        next = step;
        return Taken.LATER;
    }

    /** The step failed: what was said of going on is void. */
    synchronized void failed() {
        state = state.on(Event.FAIL);
        next = null;
    }

    /** The step has returned. */
    synchronized After returned() {
        state = state.on(Event.RETURN);
        return switch (state) {
            case RUNNING -> After.GO_ON;
            case ENDED -> After.END;
            case SUSPENDED, SUSPENDING, RESUMED -> After.LEAVE;
        };
    }

    /** The step that was given when the one before had not returned yet. */
    synchronized Step next() {
        Step step = Objects.requireNonNull(next);
        next = null;
        return step;
    }
}
