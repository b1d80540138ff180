package dev.pounce.files;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;

/** The dates of HTTP (RFC 9110 section 5.6.7). */
final class FileDates {
    private static final DateTimeFormatter IMF_FIXDATE =
            format("EEE, dd MMM uuuu HH:mm:ss 'GMT'").withZone(ZoneOffset.UTC);

    /** The three forms that a recipient must accept. */
    private static final List<DateTimeFormatter> FORMS =
            List.of(IMF_FIXDATE, rfc850(), format("EEE MMM ppd HH:mm:ss uuuu"));

    private FileDates() {}

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    private static DateTimeFormatter rfc850() {
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(
                        ChronoField.YEAR, 2, 2, LocalDate.now(ZoneOffset.UTC).minusYears(50))
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH);
    }

    static String format(Instant date) {
        return IMF_FIXDATE.format(date);
    }

    /** The one date of a field, or null where there is none, or more than one, or no date. */
    static @Nullable Instant only(List<String> lines) {
        if (lines.size() != 1) {
            return null;
        }
        for (DateTimeFormatter each : FORMS) {
            try {
                return LocalDateTime.parse(lines.get(0), each).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                continue;
            }
        }
        return null;
    }
}
