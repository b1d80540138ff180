package dev.pounce.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class CompressibleTypesTest {

    private static final CompressibleTypes TYPES =
            new CompressibleTypes(
                    List.of(
                            "text/*",
                            "application/json",
                            "*/*+json",
                            "image/svg+xml",
                            "model/*+xml"));

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    text/html                              | true
                    text/event-stream                      | true
                    TEXT/HTML; charset=UTF-8               | true
                    text/html ;charset=utf-8               | true
                    application/json                       | true
                    Application/JSON;charset="a/b"         | true
                    application/problem+json               | true
                    image/x.y+JSON; v=1                    | true
                    image/svg+xml                          | true
                    model/x3d+xml                          | true
                    application/x+xml                      | false
                    application/jsonp                      | false
                    application/+json                      | false
                    application/octet-stream; x=text/html  | false
                    image/png                              | false
                    texts/html                             | false
                    text                                   | false
                    text/                                  | false
                    text/;x=/y                             | false
                    text;x=/y                              | false
                    /json                                  | false
                    ;text/html                             | false
                    """)
    void matchesTheMediaTypeAlone(String contentType, boolean expected) {
        assertEquals(expected, TYPES.matches(contentType));
    }

    @Test
    void whatIsNoMediaTypeMatchesNothing() {
        CompressibleTypes all = new CompressibleTypes(List.of("*/*"));
        assertTrue(all.matches("a/b"));
        assertFalse(all.matches(""));
        assertFalse(all.matches("a"));
        assertFalse(new CompressibleTypes(List.of()).matches("a/b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "text/",
                "/html",
                "te xt/html",
                "text/ht*",
                "*+json",
                "a/*+",
                "a/b/c",
                "a/b;c=d"
            })
    void aBadPatternIsNamed(String pattern) {
        var thrown =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new CompressibleTypes(List.of("text/*", pattern)));
        assertTrue(thrown.getMessage().startsWith('"' + pattern + '"'), thrown.getMessage());
    }

    @Test
    void matchingAllocatesNothing() {
        Runnable batch =
                () -> {
                    for (int i = 0; i < 500; i++) {
                        assertTrue(TYPES.matches("Application/Problem+JSON; charset=utf-8"));
                    }
                };
        assertEquals(0, Allocations.fewest(batch));
    }
}
