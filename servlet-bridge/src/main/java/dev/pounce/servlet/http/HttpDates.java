package dev.pounce.servlet.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/** The date formats of HTTP (RFC 9110 section 5.6.7). */
final class HttpDates {
    private static final DateTimeFormatter IMF_FIXDATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH);

    private HttpDates() {}

    /**
     * A date as IMF-fixdate.
     *
     * @param millis milliseconds since 1970
     */
    static String format(long millis) {
        return IMF_FIXDATE.format(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
    }

    /**
     * Reads a date in any of the three formats.
     *
     * @return milliseconds since 1970
     * @throws IllegalArgumentException when it is none of them
     */
    static long parse(String text) {
        for (DateTimeFormatter format : List.of(IMF_FIXDATE, rfc850(), ASCTIME)) {
            try {
                return LocalDateTime.parse(text, format).toInstant(ZoneOffset.UTC).toEpochMilli();
            } catch (DateTimeException e) {
                continue;
            }
        }
        throw new IllegalArgumentException("not a date of RFC 9110 section 5.6.7: " + text);
    }

    /** Two digits of a year mean one that is at most 50 years ahead. */
    private static DateTimeFormatter rfc850() {
        int earliest = ZonedDateTime.now(ZoneOffset.UTC).getYear() - 49;
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, earliest)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH);
    }
}
