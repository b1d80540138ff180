package dev.pounce.files;

import org.jspecify.annotations.Nullable;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * The validators of a file (RFC 9110 section 8.8). The tag is weak, because size and time do not
 * prove that two files have the same bytes.
 */
record Validators(String etag, Instant modified) {
    private static final DateTimeFormatter IMF_FIXDATE =
            format("EEE, dd MMM uuuu HH:mm:ss 'GMT'").withZone(ZoneOffset.UTC);

    /** The three forms that a recipient must accept (RFC 9110 section 5.6.7). */
    private static final List<DateTimeFormatter> DATES =
            List.of(IMF_FIXDATE, rfc850(), format("EEE MMM ppd HH:mm:ss uuuu"));

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

    static Validators of(BasicFileAttributes file) {
        Instant modified = file.lastModifiedTime().toInstant();
        String etag =
                "W/\""
                        + Long.toHexString(file.size())
                        + '-'
                        + Long.toHexString(file.lastModifiedTime().toMillis())
                        + '"';
        return new Validators(etag, modified.truncatedTo(ChronoUnit.SECONDS));
    }

    /** The value of Last-Modified. */
    String lastModified() {
        return IMF_FIXDATE.format(modified);
    }

    /**
     * Whether a GET or HEAD is answered with 304 (RFC 9110 section 13.2.2): If-None-Match decides
     * when it is there, and a date that cannot be read is ignored.
     */
    boolean isNotModified(FileExchange request) {
        List<String> noneMatch = request.fields("If-None-Match");
        if (!noneMatch.isEmpty()) {
            return noneMatch.stream().anyMatch(this::lists);
        }
        List<String> dates = request.fields("If-Modified-Since");
        Instant since = dates.isEmpty() ? null : date(dates.get(0));
        return since != null && !modified.isAfter(since);
    }

    /** Weak comparison (RFC 9110 section 8.8.3.2); our tag has no comma. */
    private boolean lists(String tags) {
        String opaque = etag.substring(2);
        for (String tag : tags.split(",")) {
            String stripped = tag.strip();
            if (stripped.equals("*") || stripped.equals(etag) || stripped.equals(opaque)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Instant date(@Nullable String text) {
        if (text == null) {
            return null;
        }
        for (DateTimeFormatter each : DATES) {
            try {
                return LocalDateTime.parse(text, each).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                continue;
            }
        }
        return null;
    }
}
