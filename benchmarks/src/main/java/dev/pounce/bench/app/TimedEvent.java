package dev.pounce.bench.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * An event of an event stream that says when it was made. The time is that of {@link
 * System#nanoTime}, which on Linux is the same clock in all processes (CLOCK_MONOTONIC).
 */
public final class TimedEvent {

    /** From one event of a stream to the next. */
    public static final long PERIOD_NANOS = 10_000_000;

    /** What the line with the time begins with. */
    public static final String DATA = "data: ";

    private TimedEvent() {}

    /** An event made now. */
    public static byte[] now(int number) {
        String event =
                "event: price\n"
                        + DATA
                        + System.nanoTime()
                        + ' '
                        + Content.json(number, "Umbrella", "EUR", number % 10_000)
                        + "\n\n";
        return event.getBytes(US_ASCII);
    }
}
