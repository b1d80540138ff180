package dev.pounce.server;

import dev.pounce.exchange.Suspension.Step;

import org.jspecify.annotations.Nullable;

/**
 * Who acts for an exchange, and what is done next. Any thread may call it; a state and the step
 * that belongs to it change together, under the lock of this object, so that whoever resumes an
 * exchange that was suspended is either taken at his word or was not the first.
 */
final class ExchangeSteps {

    /** Who acts for the exchange. */
    private enum State {
        /** A thread, after which the exchange ends. */
        RUNNING,
        /** A thread, after which the exchange is suspended. */
        SUSPENDING,
        /** A thread, after which it goes on with the next step. */
        RESUMED,
        /** Nobody. */
        SUSPENDED,
        /** Nobody any more. */
        ENDED
    }

    /** What becomes of a step. */
    enum Taken {
        /** Nothing: the exchange is not suspended, or was resumed before. */
        REFUSED,
        /** The thread that is still running runs it. */
        LATER,
        /** The caller has to start it. */
        NOW
    }

    private State state = State.RUNNING;
    private @Nullable Step next;

    /**
     * The exchange does not end with the step that is running.
     *
     * @throws IllegalStateException when that was said before
     */
    synchronized void suspend() {
        if (state != State.RUNNING) {
            throw new IllegalStateException("the exchange is " + state);
        }
        state = State.SUSPENDING;
    }

    /** Gives the next step. */
    synchronized Taken resume(Step step) {
        switch (state) {
            case SUSPENDING -> {
                state = State.RESUMED;
                next = step;
                return Taken.LATER;
            }
            case SUSPENDED -> {
                state = State.RUNNING;
                return Taken.NOW;
            }
            case RUNNING, RESUMED, ENDED -> {
                return Taken.REFUSED;
            }
        }
        throw new IllegalStateException("the exchange is " + state);
    }

    /** The step failed: what was said of going on is void. */
    synchronized void failed() {
        state = State.RUNNING;
        next = null;
    }

    /** The step has returned; the next one, or null when its thread has nothing more to run. */
    synchronized @Nullable Step returned() {
        Step step = next;
        next = null;
        state =
                switch (state) {
                    case RESUMED -> State.RUNNING;
                    case SUSPENDING -> State.SUSPENDED;
                    case RUNNING -> State.ENDED;
                    case SUSPENDED, ENDED ->
                            throw new IllegalStateException("the exchange is " + state);
                };
        return step;
    }

    /** Whether no step will follow. */
    synchronized boolean hasEnded() {
        return state == State.ENDED;
    }
}
