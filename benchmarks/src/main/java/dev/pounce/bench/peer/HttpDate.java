package dev.pounce.bench.peer;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The Date of RFC 9110 section 5.6.7 for servers that leave it to their users: made once a second.
 */
final class HttpDate {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static volatile Made last = new Made(0, "");

    private record Made(long second, String text) {}

    private HttpDate() {}

    /** The date of this second. */
    static String now() {
        long second = System.currentTimeMillis() / 1000;
        Made made = last;
        if (made.second != second) {
            made = new Made(second, FORMAT.format(Instant.ofEpochSecond(second)));
            last = made;
        }
        return made.text;
    }
}
