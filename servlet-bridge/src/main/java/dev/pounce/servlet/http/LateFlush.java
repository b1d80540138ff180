package dev.pounce.servlet.http;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Future;

/**
 * The timer of a stream whose content waits for a flush no longer than {@code streaming.max_delay}.
 * At most one timer runs for a stream; a flush leaves it running, for what is written next may have
 * to wait for less. Every method is called under the stream's lock.
 */
final class LateFlush {
    private final long millis;
    private final ResponseServices services;
    private final Runnable flush;
    private @Nullable Future<?> timer;
    private boolean waits;

    /**
     * @param millis how long content waits at most
     * @param services has the timer
     * @param flush called on a thread that may wait, when the time is over
     */
    LateFlush(long millis, ResponseServices services, Runnable flush) {
        this.millis = millis;
        this.services = services;
        this.flush = flush;
    }

    /** Content waits from now on. */
    void wrote() {
        waits = true;
        if (timer == null) {
            timer = services.after(millis, this::expired);
        }
    }

    /** Nothing waits any more. */
    void flushed() {
        waits = false;
    }

    private void expired() {
        Thread.ofVirtual().name("pounce-flush").inheritInheritableThreadLocals(false).start(flush);
    }

    /** The time is over: whether there is something to flush. The next content has a new timer. */
    boolean isDue() {
        timer = null;
        return waits;
    }

    /** There will be nothing to flush any more. */
    void stop() {
        waits = false;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
