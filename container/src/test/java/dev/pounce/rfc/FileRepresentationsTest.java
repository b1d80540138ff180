package dev.pounce.rfc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdInputStream;

import dev.pounce.testing.FileSite.Answer;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** RFC 9110 section 12: which representation of a file is sent; and what caches are told of it. */
public class FileRepresentationsTest extends FilesTest {

    private static String decoded(Answer answer) throws IOException {
        InputStream bytes = new ByteArrayInputStream(answer.content());
        InputStream decoder =
                switch (answer.field("Content-Encoding")) {
                    case "gzip" -> new GZIPInputStream(bytes);
                    case "zstd" -> new ZstdInputStream(bytes);
                    default -> bytes;
                };
        return new String(decoder.readAllBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    gzip                    | gzip | /* by gzip */
                    zstd                    | zstd | /* by zstd */
                    gzip, zstd              | zstd | /* by zstd */
                    *                       | zstd | /* by zstd */
                    gzip, zstd;q=0.5        | gzip | /* by gzip */
                    x-gzip                  | gzip | /* by gzip */
                    gzip, identity;q=0      | gzip | /* by gzip */
                    br                      | ''   | ''
                    gzip;q=0                | ''   | ''
                    identity, gzip;q=0.5    | ''   | ''
                    """)
    void section12_5_3TheFileBesideIsSentInsteadOfEncoding(
            String accept, String coding, String mark) throws Exception {
        Answer answer = get("/style.css", "Accept-Encoding: " + accept);
        assertStatus(200, answer);
        assertEquals(coding, answer.field("Content-Encoding"));
        assertEquals(STYLE + mark, decoded(answer));
        assertEquals("" + answer.content().length, answer.field("Content-Length"));
        assertEquals("text/css;charset=utf-8", answer.field("Content-Type").replace(" ", ""));
        assertEquals("Accept-Encoding", answer.field("Vary"));
    }

    @Test
    void section8_8_3_3EachCodingHasAStrongTagOfItsOwn() throws Exception {
        Set<String> tags = new HashSet<>();
        for (String coding : new String[] {"identity", "gzip", "zstd"}) {
            Answer answer = get("/style.css", "Accept-Encoding: " + coding);
            String tag = answer.field("ETag");
            assertTrue(tag.startsWith("\"") && tags.add(tag), answer::head);
            for (String other : new String[] {"identity", "gzip", "zstd"}) {
                assertStatus(
                        other.equals(coding) ? 304 : 200,
                        get("/style.css", "Accept-Encoding: " + other, "If-None-Match: " + tag));
            }
        }
    }

    @Test
    void aTypeThatIsNotWorthEncodingIsStillNegotiatedWhereAnEncodedFileIsBeside() throws Exception {
        Answer coded = get("/only.bin", "Accept-Encoding: zstd, gzip");
        assertEquals("gzip", coded.field("Content-Encoding"));
        assertEquals("application/octet-stream", coded.field("Content-Type"));
        assertEquals(STYLE + "/* by gzip */", decoded(coded));
        Answer plain = get("/only.bin");
        assertWhole(STYLE, plain);
        assertEquals("Accept-Encoding", plain.field("Vary"));
        assertEquals("", get("/big.bin", "Accept-Encoding: gzip").field("Vary"));
    }

    @Test
    void anEncodedFileThatIsOlderIsNotTaken() throws Exception {
        for (String coding : new String[] {"gzip", "zstd"}) {
            Answer answer = get("/stale.css", "Accept-Encoding: " + coding);
            assertEquals(coding, answer.field("Content-Encoding"));
            assertEquals(STYLE, decoded(answer));
            assertTrue(answer.field("ETag").startsWith("W/"), answer::head);
        }
    }

    @Test
    void anEncodedFileIsAFileByItself() throws Exception {
        Answer answer = get("/style.css.gz", "Accept-Encoding: gzip");
        assertEquals("application/gzip", answer.field("Content-Type"));
        assertEquals("", answer.field("Content-Encoding"));
        assertArrayEquals(get("/style.css", "Accept-Encoding: gzip").content(), answer.content());
    }

    @Test
    void headIsNegotiatedLikeGet() throws Exception {
        for (String target : new String[] {"/style.css", "/assets/x.css", "/long.txt"}) {
            for (String coding : new String[] {"identity", "gzip", "zstd"}) {
                Answer get = get(target, "Accept-Encoding: " + coding);
                Answer head = site.send("HEAD", target, "Accept-Encoding: " + coding);
                for (String name :
                        new String[] {"ETag", "Vary", "Content-Encoding", "Content-Type"}) {
                    assertEquals(get.field(name), head.field(name), target + " " + coding);
                }
                assertEquals("", head.text());
                if (!head.field("Content-Length").isEmpty()) {
                    assertEquals("" + get.content().length, head.field("Content-Length"));
                }
            }
        }
    }

    @Test
    void aLargeTextIsEncodedAsItIsRead() throws Exception {
        for (String coding : new String[] {"gzip", "zstd"}) {
            try (RawClient client = site.connect()) {
                client.sendExactly(
                        "GET /s/long.txt HTTP/1.0\r\nAccept-Encoding: " + coding + "\r\n\r\n");
                String head = client.readHead();
                assertTrue(head.contains("\nContent-Encoding: " + coding + "\n"), head);
                InputStream decoder =
                        coding.equals("gzip")
                                ? new GZIPInputStream(client.in())
                                : new ZstdInputStream(client.in());
                assertEquals(LONG_TEXT, new String(decoder.readAllBytes()));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"/assets/x.css,'public, max-age=60'", "/page.html,no-cache", "/a.txt,''"})
    void cacheControlComesByPattern(String target, String value) throws Exception {
        assertEquals(value, get(target).field("Cache-Control"));
        assertEquals(value, get(target, "Range: bytes=0-1").field("Cache-Control"));
        assertEquals("", get("/assets/none.css").field("Cache-Control"));
    }

    @Test
    void theTagChangesWithTheFile() throws Exception {
        site.file("changing.txt", "one");
        String before = get("/changing.txt").field("ETag");
        site.file("changing.txt", "three");
        assertNotEquals(before, get("/changing.txt").field("ETag"));
    }
}
