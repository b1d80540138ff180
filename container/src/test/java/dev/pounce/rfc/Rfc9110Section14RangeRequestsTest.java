package dev.pounce.rfc;

import static dev.pounce.testing.FileSite.MODIFIED;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.FileSite.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** RFC 9110 section 14: ranges of files. */
public class Rfc9110Section14RangeRequestsTest extends FilesTest {

    private static void assertPart(String content, String contentRange, Answer answer) {
        assertStatus(206, answer);
        assertEquals(content, answer.text());
        assertEquals(contentRange, answer.field("Content-Range"));
        assertEquals("" + content.length(), answer.field("Content-Length"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bytes=0-3      | 0123       | bytes 0-3/10
                    bytes=4-       | 456789     | bytes 4-9/10
                    bytes=-3       | 789        | bytes 7-9/10
                    bytes=-99      | 0123456789 | bytes 0-9/10
                    bytes=9-9      | 9          | bytes 9-9/10
                    bytes=0-99     | 0123456789 | bytes 0-9/10
                    bytes=007-8    | 78         | bytes 7-8/10
                    BYTES=1-2      | 12         | bytes 1-2/10
                    bytes= 1-2 ,   | 12         | bytes 1-2/10
                    bytes=8-99999999999999999999 | 89 | bytes 8-9/10
                    bytes=-99999999999999999999  | 0123456789 | bytes 0-9/10
                    bytes=3-4,10-  | 34         | bytes 3-4/10
                    """)
    void section14_1_2OneRangeIsOnePart(String range, String content, String contentRange)
            throws Exception {
        assertPart(content, contentRange, get("/a.txt", "Range: " + range));
    }

    @Test
    void section15_3_7APartHasTheFieldsOfTheWhole() throws Exception {
        Answer whole = get("/assets/x.css");
        Answer part = get("/assets/x.css", "Range: bytes=0-3");
        assertPart(STYLE.substring(0, 4), "bytes 0-3/" + STYLE.length(), part);
        for (String name :
                List.of("ETag", "Last-Modified", "Cache-Control", "Vary", "Content-Type")) {
            assertEquals(whole.field(name), part.field(name), part::head);
            assertTrue(!whole.field(name).isEmpty(), whole::head);
        }
        Answer parts = get("/assets/x.css", "Range: bytes=0-3,500-503");
        for (String name : List.of("ETag", "Last-Modified", "Cache-Control", "Vary")) {
            assertEquals(whole.field(name), parts.field(name), parts::head);
        }
    }

    @Test
    void section14_3TheServerSaysThatItHasRanges() throws Exception {
        assertEquals("bytes", get("/a.txt").field("Accept-Ranges"));
        assertEquals("bytes", site.send("HEAD", "/a.txt").field("Accept-Ranges"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lines=0-3",
                "bytes",
                "bytes=",
                "bytes=,",
                "bytes=-",
                "bytes=3",
                "bytes=5-3",
                "bytes=a-b",
                "bytes=0-3x",
                "bytes=+1-3",
                "bytes=1 - 3",
                "bytes=--3",
                "bytes=0-1-3",
                "bytes:0-3",
                "bytes=0-3,x"
            })
    void section14_2WhatIsNoRangeIsIgnored(String range) throws Exception {
        assertWhole(DIGITS, get("/a.txt", "Range: " + range));
    }

    @Test
    void section14_2RangeIsForGetAndThereOnce() throws Exception {
        Answer head = site.send("HEAD", "/a.txt", "Range: bytes=0-3");
        assertStatus(200, head);
        assertEquals("10", head.field("Content-Length"));
        assertWhole(DIGITS, get("/a.txt", "Range: bytes=0-3", "Range: bytes=0-3"));
        assertStatus(405, site.send("POST", "/a.txt", "Range: bytes=0-3"));
        assertStatus(404, get("/none.txt", "Range: bytes=0-3"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=10-",
                "bytes=10-12",
                "bytes=-0",
                "bytes=99999999999999999999-",
                "bytes=10-,-0"
            })
    void section15_5_17WhatCannotBeSatisfiedIs416WithTheLength(String range) throws Exception {
        Answer answer = get("/a.txt", "Range: " + range);
        assertStatus(416, answer);
        assertEquals("bytes */10", answer.field("Content-Range"));
    }

    @Test
    void anEmptyFileHasNoRanges() throws Exception {
        assertStatus(416, get("/empty.txt", "Range: bytes=0-"));
        assertStatus(416, get("/empty.txt", "Range: bytes=-0"));
        assertWhole("", get("/empty.txt", "Range: bytes=-5"));
    }

    @Test
    void section13_2_2ConditionsComeBeforeRanges() throws Exception {
        String tag = get("/a.txt").field("ETag");
        assertNotModified(get("/a.txt", "Range: bytes=0-3", "If-None-Match: " + tag));
        assertNotModified(get("/a.txt", "Range: bytes=99-", "If-None-Match: " + tag));
        assertStatus(412, get("/a.txt", "Range: bytes=0-3", "If-Match: \"x\""));
        assertPart("0123", "bytes 0-3/10", get("/a.txt", "Range: bytes=0-3", "If-Match: " + tag));
    }

    @Test
    void section13_1_5IfRangeWithTheStrongTagKeepsTheRange() throws Exception {
        String tag = get("/a.txt").field("ETag");
        assertPart("01", "bytes 0-1/10", get("/a.txt", "Range: bytes=0-1", "If-Range: " + tag));
        for (String other : List.of("W/" + tag, "\"x\"", "*", tag + ", \"x\"", "x", "")) {
            assertWhole(DIGITS, get("/a.txt", "Range: bytes=0-1", "If-Range: " + other));
            assertWhole(DIGITS, get("/a.txt", "Range: bytes=99-", "If-Range: " + other));
        }
        assertWhole(DIGITS, get("/a.txt", "If-Range: " + tag));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Sun, 03 Nov 2024 10:20:30 GMT  | 206
                    Sunday, 03-Nov-24 10:20:30 GMT | 206
                    Sun, 03 Nov 2024 10:20:31 GMT  | 200
                    Sun, 03 Nov 2024 10:20:29 GMT  | 200
                    """)
    void section13_1_5IfRangeWithExactlyTheDateKeepsTheRange(String date, int status)
            throws Exception {
        assertStatus(status, get("/a.txt", "Range: bytes=0-1", "If-Range: " + date));
    }

    @Test
    void section13_1_5NoRangeIsBuiltOnAWeakValidator() throws Exception {
        Answer fresh = get("/new.txt");
        for (String value : List.of(fresh.field("ETag"), fresh.field("Last-Modified"))) {
            assertStatus(200, get("/new.txt", "Range: bytes=0-1", "If-Range: " + value));
        }
        assertStatus(206, get("/new.txt", "Range: bytes=0-1"));
        assertEquals(MODIFIED, get("/a.txt").field("Last-Modified"));
    }

    /** The parts of multipart/byteranges as Content-Range and content. */
    private static List<String> parts(String mediaType, Answer answer) {
        assertStatus(206, answer);
        assertEquals("", answer.field("Content-Range"));
        assertEquals("" + answer.content().length, answer.field("Content-Length"));
        String type = answer.field("Content-Type");
        String prefix = "multipart/byteranges; ?boundary=";
        assertTrue(type.matches(prefix + "[0-9a-f-]+"), type);
        String boundary = type.replaceFirst(prefix, "");
        String[] pieces = answer.text().split("\r\n--" + boundary, -1);
        assertEquals("", pieces[0]);
        assertEquals("--\r\n", pieces[pieces.length - 1]);
        List<String> parts = new ArrayList<>();
        for (String piece : Arrays.copyOfRange(pieces, 1, pieces.length - 1)) {
            String head = "\r\nContent-Type: " + mediaType + "\r\nContent-Range: ";
            assertTrue(piece.startsWith(head), piece);
            int end = piece.indexOf("\r\n\r\n");
            parts.add(piece.substring(head.length(), end) + " " + piece.substring(end + 4));
        }
        return parts;
    }

    @Test
    void section14_6SeveralRangesAreParts() throws Exception {
        String text = LONG_TEXT;
        Answer answer = get("/long.txt", "Range: bytes=200-203, 0-1,-2");
        int size = text.length();
        assertEquals(
                List.of(
                        "bytes 200-203/" + size + " " + text.substring(200, 204),
                        "bytes 0-1/" + size + " " + text.substring(0, 2),
                        "bytes "
                                + (size - 2)
                                + "-"
                                + (size - 1)
                                + "/"
                                + size
                                + " "
                                + text.substring(size - 2)),
                parts("text/plain; charset=utf-8", answer));
    }

    @Test
    void section14_6PartsOfAFileLargerThanAnyBuffer() throws Exception {
        Answer answer = get("/big.bin", "Range: bytes=0-999999,1500000-2499999");
        List<String> parts = parts("application/octet-stream", answer);
        assertEquals(2, parts.size());
        String whole = get("/big.bin").text();
        assertEquals("bytes 0-999999/3000000 " + whole.substring(0, 1_000_000), parts.get(0));
        assertEquals(
                "bytes 1500000-2499999/3000000 " + whole.substring(1_500_000, 2_500_000),
                parts.get(1));
    }

    @Test
    void aRangeOfALargeFileIsExact() throws Exception {
        assertArrayEquals(BIG, get("/big.bin").content());
        Answer answer = get("/big.bin", "Range: bytes=1234567-2345678");
        assertStatus(206, answer);
        assertEquals("bytes 1234567-2345678/3000000", answer.field("Content-Range"));
        assertArrayEquals(Arrays.copyOfRange(BIG, 1_234_567, 2_345_679), answer.content());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bytes=0-1,2-3          | 0-3
                    bytes=2-3,0-1          | 0-3
                    bytes=0-5,3-9          | 0-9
                    bytes=0-1,50-51        | 0-51
                    bytes=500-,-10         | 500-128999
                    """)
    void section15_3_7_2WhatTouchesIsOnePart(String range, String joined) throws Exception {
        Answer answer = get("/long.txt", "Range: " + range);
        assertStatus(206, answer);
        assertEquals("bytes " + joined + "/129000", answer.field("Content-Range"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=0-,0-,0-", "bytes=0-500,100-600,200-700", "bytes=0-9,0-9,0-9,0-9"})
    void section14_2ManyOverlapsAreRefused(String range) throws Exception {
        Answer answer = get("/long.txt", "Range: " + range);
        assertStatus(416, answer);
        assertEquals("bytes */129000", answer.field("Content-Range"));
    }

    @Test
    void section14_2ManyRangesAreRefused() throws Exception {
        assertEquals(16, parts("text/plain; charset=utf-8", get("/long.txt", many(16))).size());
        assertStatus(416, get("/long.txt", many(17)));
        assertStatus(416, get("/long.txt", many(1000)));
    }

    private static String many(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> i * 200 + "-" + i * 200)
                .collect(Collectors.joining(",", "Range: bytes=", ""));
    }

    @Test
    void aRangeIsOneOfThePlainRepresentation() throws Exception {
        for (String target : List.of("/style.css", "/assets/x.css")) {
            Answer answer = get(target, "Range: bytes=2-5", "Accept-Encoding: gzip, zstd");
            assertPart(STYLE.substring(2, 6), "bytes 2-5/" + STYLE.length(), answer);
            assertEquals("", answer.field("Content-Encoding"));
            assertEquals("Accept-Encoding", answer.field("Vary"));
            assertEquals(get(target).field("ETag"), answer.field("ETag"));
        }
    }

    @Test
    void theTagOfAnEncodedRepresentationGivesNoRangeOfThePlainOne() throws Exception {
        Answer coded = get("/style.css", "Accept-Encoding: gzip");
        Answer answer =
                get(
                        "/style.css",
                        "Accept-Encoding: gzip",
                        "Range: bytes=2-5",
                        "If-Range: " + coded.field("ETag"));
        assertStatus(200, answer);
        assertEquals("gzip", answer.field("Content-Encoding"));
        assertArrayEquals(coded.content(), answer.content());
    }

    @Test
    void whoRefusesThePlainRepresentationGetsNoRange() throws Exception {
        Answer answer =
                get("/assets/x.css", "Accept-Encoding: gzip, identity;q=0", "Range: bytes=2-5");
        assertStatus(200, answer);
        assertEquals("gzip", answer.field("Content-Encoding"));
        assertEquals(
                STYLE,
                new String(
                        new GZIPInputStream(new ByteArrayInputStream(answer.content()))
                                .readAllBytes()));
    }
}
