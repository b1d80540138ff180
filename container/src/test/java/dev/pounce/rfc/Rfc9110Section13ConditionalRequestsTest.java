package dev.pounce.rfc;

import static dev.pounce.testing.FileSite.MODIFIED;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.FileSite.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** RFC 9110 section 13: conditional requests for files. */
public class Rfc9110Section13ConditionalRequestsTest extends FilesTest {
    private static final String BEFORE = "Sat, 02 Nov 2024 10:20:30 GMT";
    private static final String AFTER = "Mon, 04 Nov 2024 10:20:30 GMT";

    private String tag() throws Exception {
        return get("/a.txt").field("ETag");
    }

    @Test
    void section8_8_1TheTagOfAFileThatHasRestedIsStrong() throws Exception {
        assertTrue(tag().matches("\"[0-9a-f]+-[0-9a-f]+\""), tag());
        String fresh = get("/new.txt").field("ETag");
        assertTrue(fresh.matches("W/\"[0-9a-f]+-[0-9a-f]+\""), fresh);
    }

    @Test
    void section8_8_2LastModifiedIsNeverInTheFuture() throws Exception {
        Answer answer = get("/new.txt");
        assertEquals(answer.field("Date"), answer.field("Last-Modified"));
        assertEquals(MODIFIED, get("/a.txt").field("Last-Modified"));
    }

    @Test
    void section13_1_1IfMatchComparesStrongly() throws Exception {
        String tag = tag();
        for (String value : List.of(tag, "*", "\"x\", " + tag, "\"a,b\"," + tag, ", ," + tag)) {
            assertWhole(DIGITS, get("/a.txt", "If-Match: " + value));
        }
        assertWhole(DIGITS, get("/a.txt", "If-Match: \"x\"", "If-Match: " + tag));
        for (String value : List.of("\"x\"", "W/" + tag, tag.replace("\"", ""), "", "*, \"x\"")) {
            Answer refused = get("/a.txt", "If-Match: " + value);
            assertStatus(412, refused);
            assertTrue(!refused.text().contains(DIGITS), refused::text);
        }
    }

    @Test
    void section13_1_1ATagThatIsWeakNeverMatchesStrongly() throws Exception {
        String weak = get("/new.txt").field("ETag");
        assertStatus(412, get("/new.txt", "If-Match: " + weak));
        assertStatus(412, get("/new.txt", "If-Match: " + weak.substring(2)));
    }

    @Test
    void section13_1_2IfNoneMatchComparesWeakly() throws Exception {
        String tag = tag();
        for (String value : List.of(tag, "W/" + tag, "*", "\"x\" , W/" + tag, "\"a,b\"," + tag)) {
            assertNotModified(get("/a.txt", "If-None-Match: " + value));
        }
        assertNotModified(get("/a.txt", "If-None-Match: \"x\"", "If-None-Match: " + tag));
        assertNotModified(site.send("HEAD", "/a.txt", "If-None-Match: " + tag));
        for (String value : List.of("\"x\"", tag.replace("\"", ""), "", tag + "x", "w/" + tag)) {
            assertWhole(DIGITS, get("/a.txt", "If-None-Match: " + value));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Sun, 03 Nov 2024 10:20:30 GMT   | 304
                    Sunday, 03-Nov-24 10:20:30 GMT  | 304
                    Sun Nov  3 10:20:30 2024        | 304
                    Mon, 04 Nov 2024 10:20:30 GMT   | 304
                    Sun, 03 Nov 2024 10:20:29 GMT   | 200
                    Mon, 03 Nov 2024 10:20:30 GMT   | 200
                    2024-11-04                      | 200
                    """)
    void section13_1_3IfModifiedSinceComparesSeconds(String date, int status) throws Exception {
        assertStatus(status, get("/a.txt", "If-Modified-Since: " + date));
        assertStatus(status, site.send("HEAD", "/a.txt", "If-Modified-Since: " + date));
    }

    @Test
    void section13_1_3TwoDatesAreNoDate() throws Exception {
        String since = "If-Modified-Since: " + AFTER;
        assertWhole(DIGITS, get("/a.txt", since, since));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Sun, 03 Nov 2024 10:20:30 GMT   | 200
                    Mon Nov  4 10:20:30 2024        | 200
                    Sun, 03 Nov 2024 10:20:29 GMT   | 412
                    Saturday, 02-Nov-24 10:20:30 GMT | 412
                    long ago                        | 200
                    """)
    void section13_1_4IfUnmodifiedSinceComparesSeconds(String date, int status) throws Exception {
        assertStatus(status, get("/a.txt", "If-Unmodified-Since: " + date));
    }

    /** Section 13.2.2: true and false are what each condition comes to. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    true  | false | -     | -     | 200
                    false | true  | false | -     | 412
                    -     | false | false | -     | 412
                    true  | -     | false | -     | 304
                    true  | -     | true  | false | 200
                    -     | true  | true  | false | 200
                    -     | true  | -     | false | 304
                    -     | false | -     | false | 412
                    -     | -     | true  | false | 200
                    -     | -     | false | true  | 304
                    """)
    void section13_2_2Precedence(
            String match, String unmodified, String noneMatch, String modified, int status)
            throws Exception {
        String tag = tag();
        Answer answer =
                get(
                        "/a.txt",
                        condition("If-Match", match, tag, "\"x\""),
                        condition("If-Unmodified-Since", unmodified, AFTER, BEFORE),
                        condition("If-None-Match", noneMatch, "\"x\"", tag),
                        condition("If-Modified-Since", modified, BEFORE, AFTER));
        assertStatus(status, answer);
    }

    private static String condition(String name, String outcome, String ifTrue, String ifFalse) {
        return switch (outcome) {
            case "true" -> name + ": " + ifTrue;
            case "false" -> name + ": " + ifFalse;
            default -> "X-No: " + name;
        };
    }

    @Test
    void section13_2_1ConditionsCountOnlyWhereTheMethodSelectsARepresentation() throws Exception {
        assertStatus(204, site.send("OPTIONS", "/a.txt", "If-Match: \"x\""));
        assertStatus(405, site.send("DELETE", "/a.txt", "If-Match: \"x\""));
        assertStatus(404, get("/none.txt", "If-Match: *"));
        assertStatus(404, get("/none.txt", "If-None-Match: *"));
    }

    @Test
    void section15_4_5A304HasTheFieldsThatUpdateACacheAndNoOthers() throws Exception {
        Answer whole = get("/assets/x.css", "Accept-Encoding: gzip");
        Answer same =
                get(
                        "/assets/x.css",
                        "Accept-Encoding: gzip",
                        "If-None-Match: " + whole.field("ETag"));
        assertNotModified(same);
        for (String name : List.of("ETag", "Cache-Control", "Vary", "Last-Modified")) {
            assertEquals(whole.field(name), same.field(name), same::head);
            assertTrue(!whole.field(name).isEmpty(), whole::head);
        }
        assertEquals("", same.field("Content-Type"));
        assertEquals("", same.field("Content-Encoding"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a.txt", "/big.bin", "/page.html", "/style.css", "/long.txt"})
    void section15_4_5A304HasTheTagOfThe200(String target) throws Exception {
        for (String coding : List.of("identity", "gzip", "zstd")) {
            String accept = "Accept-Encoding: " + coding;
            Answer whole = get(target, accept);
            Answer same = get(target, accept, "If-None-Match: " + whole.field("ETag"));
            assertNotModified(same);
            assertEquals(whole.field("ETag"), same.field("ETag"), target + " " + coding);
            assertEquals(whole.field("Vary"), same.field("Vary"), target + " " + coding);
        }
    }
}
