package dev.pounce.exchange;

import java.util.Locale;

/**
 * The marks of one exchange in nanoseconds, from which Server-Timing is made. Only this class reads
 * the time of an exchange. Used by the exchange's owner only.
 */
public final class RequestClock {
    private static final long UNKNOWN = -1;

    private long received;
    private long parsed;
    private long started;
    private long handled;
    private long encoding;
    private long streaming;
    private boolean running;

    /** Begins a new exchange whose first byte was read at the given time. */
    void begin(long receivedNanos, boolean run) {
        received = receivedNanos;
        running = run;
        parsed = now();
        started = parsed;
        handled = UNKNOWN;
        encoding = 0;
    }

    /** The application begins now, on the thread that runs it; what came before was the queue. */
    public void started() {
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

    /** The Server-Timing members that are known when a streamed response commits. */
    String known() {
        StringBuilder value = new StringBuilder(48);
        append(value, "parse", parsed - received);
        if (started != parsed) {
            append(value, "queue", started - parsed);
        }
        return value.toString();
    }

    /** All Server-Timing members, for a response that is finished when it commits. */
    String complete() {
        StringBuilder value = new StringBuilder(known());
        appendLate(value);
        return value.toString();
    }

    /** The members that {@link #known} did not have, for the trailer. */
    String late() {
        StringBuilder value = new StringBuilder(48);
        appendLate(value);
        return value.toString();
    }

    private void appendLate(StringBuilder value) {
        long end = handled == UNKNOWN ? now() : handled;
        append(value, "app", Math.max(0, end - started - (handled == UNKNOWN ? encoding : 0)));
        append(value, "encode", encoding);
    }

    /** A clock that nobody reads costs nothing. */
    private long now() {
        return running ? System.nanoTime() : received;
    }

    private static void append(StringBuilder value, String name, long nanos) {
        if (!value.isEmpty()) {
            value.append(", ");
        }
        long micros = nanos / 1000;
        value.append(name).append(";dur=").append(micros / 1000).append('.');
        value.append(String.format(Locale.ROOT, "%03d", micros % 1000));
    }
}
