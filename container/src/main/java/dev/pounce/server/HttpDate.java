package dev.pounce.server;

import dev.pounce.protocol.HttpDates;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.LongSupplier;

/** The Date field of responses (RFC 9110 section 6.6.1), made once a second. Thread-safe. */
final class HttpDate {
    private record Line(long second, byte[] bytes) {}

    private final LongSupplier millis;
    private volatile Line line = new Line(Long.MIN_VALUE, new byte[0]);

    HttpDate(LongSupplier millis) {
        this.millis = millis;
    }

    /** The whole field line with its end. */
    byte[] line() {
        long second = Math.floorDiv(millis.getAsLong(), 1000L);
        Line current = line;
        if (current.second != second) {
            String text = "Date: " + HttpDates.format(Instant.ofEpochSecond(second)) + "\r\n";
            current = new Line(second, text.getBytes(StandardCharsets.ISO_8859_1));
            line = current;
        }
        return current.bytes;
    }
}
