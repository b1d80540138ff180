package dev.pounce.protocol;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** The dates of HTTP (RFC 9110 section 5.6.7). Thread-safe. */
public final class HttpDates {
    private static final DateTimeFormatter IMF_FIXDATE = form("EEE, dd MMM uuuu HH:mm:ss 'GMT'");
    private static final DateTimeFormatter ASCTIME = form("EEE MMM ppd HH:mm:ss uuuu");

    private HttpDates() {}

    private static DateTimeFormatter form(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    /**
     * Made when it is needed, for today decides about the century, and nobody sends it any more.
     */
    private static DateTimeFormatter rfc850() {
        int earliest = Year.now(ZoneOffset.UTC).getValue() - 49;
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, earliest)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH);
    }

    /** The one form that is sent. */
    public static String format(Instant date) {
        return IMF_FIXDATE.format(date.atOffset(ZoneOffset.UTC));
    }

    /** A date in any of the three forms that a recipient must accept, or null. */
    public static @Nullable Instant parse(String text) {
        Instant date = parse(text, IMF_FIXDATE);
        if (date == null) {
            date = parse(text, ASCTIME);
        }
        return date == null ? parse(text, rfc850()) : date;
    }

    private static @Nullable Instant parse(String text, DateTimeFormatter form) {
        try {
            return LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
