package dev.pounce.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;

/** RFC 9110 section 5.6.7. */
class HttpDatesTest {
    private static final Instant DATE = Instant.ofEpochSecond(784111777);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994"
            })
    void theThreeFormsAreRead(String text) {
        assertEquals(DATE, HttpDates.parse(text));
    }

    @Test
    void asctimeHasDaysOfTwoDigitsToo() {
        assertEquals(DATE.plusSeconds(10 * 86_400), HttpDates.parse("Wed Nov 16 08:49:37 1994"));
    }

    @Test
    void theFixedFormIsSent() {
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", HttpDates.format(DATE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "Sun, 06 Nov 1994 08:49:37",
                "0",
                "Mon, 06 Nov 1994 08:49:37 GMT",
                "Sun, 32 Nov 1994 08:49:37 GMT"
            })
    void anythingElseIsNoDate(String text) {
        assertNull(HttpDates.parse(text));
    }

    @Test
    void twoDigitsOfAYearAreNeverMoreThanFiftyYearsAhead() {
        int year = LocalDate.now(ZoneOffset.UTC).getYear();
        assertEquals(day(year + 50), HttpDates.parse(rfc850(year + 50)));
        assertEquals(day(year - 49), HttpDates.parse(rfc850(year - 49)));
    }

    private static Instant day(int year) {
        return LocalDateTime.of(year, 6, 15, 12, 0).toInstant(ZoneOffset.UTC);
    }

    private static String rfc850(int year) {
        LocalDate day = LocalDate.of(year, 6, 15);
        return day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH)
                + day.format(DateTimeFormatter.ofPattern(", dd-MMM-yy", Locale.ENGLISH))
                + " 12:00:00 GMT";
    }
}
