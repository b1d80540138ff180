package dev.pounce.server;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.locks.LockSupport;

/**
 * An exchange's thread that is parked until the worker says why it may go on: the hand-over from
 * the worker to the exchange. The thread makes it and parks; the worker wakes it once.
 */
final class Wait {

    /** Why a parked thread goes on. */
    enum Cause {
        READY,
        DEADLINE,
        /** Nobody wants to read any more. */
        CANCELLED,
        GONE
    }

    /** A wait without a deadline. */
    static final long FOR_EVER = Long.MAX_VALUE;

    private final Thread thread = Thread.currentThread();
    private final int operation;
    private long due = FOR_EVER;
    private volatile @Nullable Cause cause;

    /**
     * @param operation the selection operation that is waited for
     */
    Wait(int operation) {
        this.operation = operation;
    }

    int operation() {
        return operation;
    }

    /** When it has waited for too long, in nanoseconds of the worker, which sets and reads it. */
    long due() {
        return due;
    }

    void due(long nanos) {
        due = nanos;
    }

    /** Called by the worker. */
    void wake(Cause why) {
        cause = why;
        LockSupport.unpark(thread);
    }

    /** Parks until {@link #wake}; an interrupt stays pending and does not end the wait. */
    Cause park() {
        boolean interrupted = false;
        Cause why = cause;
        while (why == null) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
            why = cause;
        }
        if (interrupted) {
            thread.interrupt();
        }
        return why;
    }
}
