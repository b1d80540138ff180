package dev.pounce.server;

import org.jspecify.annotations.Nullable;

import java.nio.channels.SelectionKey;

/**
 * The threads of one owner of a connection that are parked until their connection is ready: at most
 * one that reads and one that writes, each with a time of its own. Used by the thread that leads
 * only.
 */
final class Waits {
    private @Nullable Wait reading;
    private @Nullable Wait writing;
    private boolean readingEnded;

    /** Somebody waits; who waited for the same before does not any more. */
    void add(Wait started) {
        if (started.operation() == SelectionKey.OP_READ) {
            reading = started;
            if (readingEnded) {
                wake(started, Wait.Cause.CANCELLED);
            }
        } else {
            writing = started;
        }
    }

    boolean isEmpty() {
        return reading == null && writing == null;
    }

    /**
     * When the first of them has waited for too long; {@link Wait#FOR_EVER} when none has a
     * deadline.
     */
    long due() {
        return Math.min(due(reading), due(writing));
    }

    private static long due(@Nullable Wait wait) {
        return wait == null ? Wait.FOR_EVER : wait.due();
    }

    /** The connection is ready for an operation; false when nobody waits for it. */
    boolean ready(int operation) {
        Wait waiting = operation == SelectionKey.OP_READ ? reading : writing;
        if (waiting == null) {
            return false;
        }
        wake(waiting, Wait.Cause.READY);
        return true;
    }

    /** Wakes those that have waited for too long. */
    void expire(long now) {
        if (due(reading) <= now) {
            wake(reading, Wait.Cause.DEADLINE);
        }
        if (due(writing) <= now) {
            wake(writing, Wait.Cause.DEADLINE);
        }
    }

    /** Until the exchange has ended nobody is to wait for the client. */
    void endReading() {
        readingEnded = true;
        wake(reading, Wait.Cause.CANCELLED);
    }

    /** The exchange has ended, or the connection is closed. */
    void gone() {
        readingEnded = false;
        wake(reading, Wait.Cause.GONE);
        wake(writing, Wait.Cause.GONE);
    }

    private void wake(@Nullable Wait waiting, Wait.Cause cause) {
        if (waiting == null) {
            return;
        }
        if (waiting.operation() == SelectionKey.OP_READ) {
            reading = null;
        } else {
            writing = null;
        }
        waiting.wake(cause);
    }
}
