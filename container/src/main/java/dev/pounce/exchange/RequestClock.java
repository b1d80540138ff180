package dev.pounce.exchange;

import java.util.function.LongSupplier;

/**
 * The marks of one exchange in nanoseconds, from which Server-Timing is made. Only this class reads
 * the time of an exchange. Used by the exchange's owner only.
 */
public final class RequestClock {
    private static final long UNKNOWN = -1;

    private final LongSupplier time;
    private long received;
    private long parsed;
    private long started;
    private long handled;
    private long encoding;
    private long streaming;
    private boolean running;

    /**
     * @param time nanoseconds, by the clock of the receipt
     */
    RequestClock(LongSupplier time) {
        this.time = time;
    }

    /** Begins a new exchange whose first byte was read at the given time. */
    void begin(long receivedNanos, boolean run) {
        received = receivedNanos;
        running = run;
        parsed = now();
        started = parsed;
        handled = UNKNOWN;
        encoding = 0;
    }

    /** Whether somebody reads it turns out later. */
    void run(boolean run) {
        if (run != running) {
            running = run;
            parsed = now();
            started = parsed;
        }
    }

    /** The application begins now, on a thread for it; what came before was the queue. */
    void started() {
        started = now();
    }

    /** The application is done. */
    void handled() {
        if (handled == UNKNOWN) {
            handled = now();
        }
    }

    /** The response began to stream at that time, read from the clock of the receipt. */
    public void streaming(long nanos) {
        streaming = nanos;
    }

    /** When the response began to stream. */
    public long streamingNanos() {
        return streaming;
    }

    /** Begins a stretch of encoding; give the result to {@link #encoded}. */
    long beginEncoding() {
        return now();
    }

    /** Ends a stretch of encoding. */
    void encoded(long begin) {
        encoding += now() - begin;
    }

    /** When the first byte of the request was read, as {@code System.nanoTime} counts. */
    public long receivedNanos() {
        return received;
    }

    /** Whether anybody reads it. */
    boolean isRunning() {
        return running;
    }

    /** From the request's first byte until its head was understood. */
    long parseNanos() {
        return parsed - received;
    }

    /** What the request then waited for its thread; 0 when it did not. */
    long queueNanos() {
        return started - parsed;
    }

    /** What the application has taken; encoding, for which it waited, is not its own. */
    long appNanos() {
        long end = handled == UNKNOWN ? now() : handled;
        return Math.max(0, end - started - encoding);
    }

    /** What encoding has taken so far. */
    long encodeNanos() {
        return encoding;
    }

    /** A clock that nobody reads costs nothing. */
    private long now() {
        return running ? time.getAsLong() : received;
    }
}
