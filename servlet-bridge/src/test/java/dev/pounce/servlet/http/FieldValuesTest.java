package dev.pounce.servlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Locale;

/** Languages and media types. */
class FieldValuesTest {

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
