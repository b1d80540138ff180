package dev.pounce.exchange;

import dev.pounce.api.ServerTiming;
import dev.pounce.protocol.Characters;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The Server-Timing of one response (W3C Server Timing): what the clock of its exchange knows, and
 * what the application adds. Each metric is sent once, in the head or in the trailer. Used again
 * for every exchange of its {@link Exchange}. The application's part is thread-safe; the rest is
 * used by the exchange's owner only.
 */
public final class ResponseTiming implements ServerTiming {
    private static final Duration MOST = Duration.ofDays(365);

    private final RequestClock clock;

    /** What the application added and was not sent yet. Its monitor guards what is below, too. */
    private final StringBuilder added = new StringBuilder();

    private int metrics;
    private int characters;

    ResponseTiming(RequestClock clock) {
        this.clock = clock;
    }

    /** Begins an exchange, whose clock has begun. */
    void begin() {
        if (metrics > 0) {
            synchronized (added) {
                added.setLength(0);
                metrics = 0;
                characters = 0;
            }
        }
    }

    @Override
    public boolean isSent() {
        return clock.isRunning();
    }

    @Override
    public void add(String name, Duration took) {
        append(name, took, null);
    }

    @Override
    public void add(String name, Duration took, String description) {
        append(name, took, description);
    }

    @Override
    public void add(String name, String description) {
        append(name, null, description);
    }

    private void append(String name, @Nullable Duration took, @Nullable String description) {
        checkName(name);
        if (!isSent()) {
            return;
        }
        StringBuilder metric = new StringBuilder(name);
        if (took != null) {
            appendDuration(metric, nanos(took));
        }
        if (description != null) {
            appendDescription(metric, description);
        }
        synchronized (added) {
            if (metrics < MOST_METRICS && characters + metric.length() <= MOST_CHARACTERS) {
                metrics++;
                characters += metric.length();
                separate(added).append(metric);
            }
        }
    }

    private static void checkName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > 0x7f || !Characters.isToken((byte) c)) {
                throw new IllegalArgumentException(
                        "the name of a Server-Timing metric must be a token (RFC 9110 section"
                                + " 5.6.2), such as db or cache-read: character "
                                + i
                                + " is U+"
                                + String.format("%04X", (int) c));
            }
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "the name of a Server-Timing metric must not be empty");
        }
    }

    private static long nanos(Duration took) {
        if (took.isNegative()) {
            return 0;
        }
        return took.compareTo(MOST) > 0 ? MOST.toNanos() : took.toNanos();
    }

    /** A quoted-string (RFC 9110 section 5.6.4). */
    private static void appendDescription(StringBuilder to, String description) {
        to.append(";desc=\"");
        int end = Math.min(description.length(), MOST_CHARACTERS);
        for (int i = 0; i < end; i++) {
            char c = description.charAt(i);
            if (c == '"' || c == '\\') {
                to.append('\\');
            }
            to.append(c < 0x20 || c > 0x7e ? '?' : c);
        }
        to.append('"');
    }

    private static void appendDuration(StringBuilder to, long nanos) {
        long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
        long fraction = micros % 1000;
        to.append(";dur=").append(micros / 1000).append('.');
        to.append(fraction < 100 ? "0" : "").append(fraction < 10 ? "0" : "").append(fraction);
    }

    private static StringBuilder separate(StringBuilder members) {
        return members.isEmpty() ? members : members.append(", ");
    }

    /** What is known when a streamed response commits. */
    String known() {
        StringBuilder value = new StringBuilder(64);
        appendKnown(value);
        takeAdded(value);
        return value.toString();
    }

    /** All of it, for a response that is finished when it commits. */
    String complete() {
        StringBuilder value = new StringBuilder(96);
        appendKnown(value);
        appendLate(value);
        takeAdded(value);
        return value.toString();
    }

    /** What {@link #known} did not have, for the trailer. */
    String late() {
        StringBuilder value = new StringBuilder(64);
        appendLate(value);
        takeAdded(value);
        return value.toString();
    }

    private void appendKnown(StringBuilder value) {
        appendMark(value, "parse", clock.parseNanos());
        if (clock.queueNanos() > 0) {
            appendMark(value, "queue", clock.queueNanos());
        }
    }

    private void appendLate(StringBuilder value) {
        appendMark(value, "app", clock.appNanos());
        appendMark(value, "encode", clock.encodeNanos());
    }

    private static void appendMark(StringBuilder value, String name, long nanos) {
        appendDuration(separate(value).append(name), nanos);
    }

    private void takeAdded(StringBuilder value) {
        synchronized (added) {
            if (!added.isEmpty()) {
                separate(value).append(added);
                added.setLength(0);
            }
        }
    }
}
