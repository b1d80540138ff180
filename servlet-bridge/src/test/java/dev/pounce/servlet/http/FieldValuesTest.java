package dev.pounce.servlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Locale;

/** Dates, languages and media types. */
class FieldValuesTest {

    @Test
    void theThreeDateFormatsOfRfc9110AreRead() {
        long expected = 784111777000L;
        assertEquals(expected, HttpDates.parse("Sun, 06 Nov 1994 08:49:37 GMT"));
        assertEquals(expected, HttpDates.parse("Sunday, 06-Nov-94 08:49:37 GMT"));
        assertEquals(expected, HttpDates.parse("Sun Nov  6 08:49:37 1994"));
        assertEquals(expected + 10 * 86_400_000L, HttpDates.parse("Wed Nov 16 08:49:37 1994"));
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", HttpDates.format(expected));
    }

    @Test
    void anythingElseIsNoDate() {
        for (String bad : List.of("", "yesterday", "Sun, 06 Nov 1994 08:49:37", "0")) {
            assertThrows(IllegalArgumentException.class, () -> HttpDates.parse(bad), bad);
        }
    }

    @Test
    void languagesAreSortedByWeight() {
        assertEquals(
                List.of(Locale.GERMANY, Locale.FRENCH, Locale.ENGLISH, Locale.ITALIAN),
                AcceptLanguage.locales(
                        List.of("en;q=0.5, fr;q=0.7, de-DE", "it;q=0.5, es;q=0, *;q=0.1")));
    }

    @Test
    void malformedLanguagesAreLeftOut() {
        assertEquals(
                List.of(Locale.ENGLISH),
                AcceptLanguage.locales(List.of("x y, de;q=2, fr;q=a, toolongtobeone, en,,")));
    }

    @Test
    void theCharsetIsToldApart() {
        ContentType type = ContentType.parse("text/HTML; Charset=\"utf-8\"; a=\"x;charset=y\"");
        assertEquals("utf-8", type.charset());
        assertEquals("text/html", type.mediaType());
        assertEquals("text/HTML;a=\"x;charset=y\";charset=utf-8", type.toString());
    }

    @Test
    void aTypeWithoutCharsetStaysAsItIs() {
        assertEquals("image/png", ContentType.parse("image/png").toString());
    }
}
