package dev.pounce.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.FileSite;
import dev.pounce.testing.FileSite.Answer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;

/** What the tests of files share: one site for each class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FilesTest {
    static final String DIGITS = "0123456789";
    static final String LONG_TEXT = "all work and no play makes jack a dull boy\n".repeat(3000);
    static final String STYLE = "p { color: red }\n".repeat(100);
    static final byte[] BIG = FileSite.noise(3_000_000);

    FileSite site;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        site =
                new FileSite(
                        folder,
                        files -> {
                            files.file("a.txt", DIGITS);
                            files.file("empty.txt", "");
                            files.file("page.html", "<p>" + "page ".repeat(200));
                            files.file("long.txt", LONG_TEXT);
                            files.file("big.bin", BIG);
                            files.unsettled("new.txt", "0123456789");
                            files.file("assets/x.css", STYLE);
                            precompressed(files);
                            prepare(files);
                        },
                        "static_files.cache_control",
                        "/assets/** public max-age=60, *.html no-cache");
    }

    private static void precompressed(FileSite files) throws Exception {
        Instant later = Instant.parse("2024-11-04T00:00:00Z");
        Instant earlier = Instant.parse("2024-11-02T00:00:00Z");
        files.file("style.css", STYLE);
        files.file("style.css.gz", FileSite.gzip(STYLE + "/* by gzip */"), later);
        files.file("style.css.zst", FileSite.zstd(STYLE + "/* by zstd */"), later);
        files.file("only.bin", STYLE);
        files.file("only.bin.gz", FileSite.gzip(STYLE + "/* by gzip */"));
        files.file("stale.css", STYLE);
        files.file("stale.css.gz", FileSite.gzip("/* stale */"), earlier);
        files.file("stale.css.zst", FileSite.zstd("/* stale */"), earlier);
    }

    /** Makes the webapp into one that is served another way. */
    protected void prepare(FileSite files) throws Exception {}

    @AfterAll
    void stop() throws Exception {
        site.close();
    }

    Answer get(String target, String... fields) throws Exception {
        return site.get(target, fields);
    }

    static void assertStatus(int status, Answer answer) {
        assertEquals(status, answer.status(), answer::head);
    }

    static void assertWhole(String content, Answer answer) {
        assertStatus(200, answer);
        assertEquals(content, answer.text());
        assertEquals("" + content.length(), answer.field("Content-Length"), answer::head);
    }

    static void assertNotModified(Answer answer) {
        assertStatus(304, answer);
        assertEquals("", answer.text());
        assertTrue(!answer.field("ETag").isEmpty(), answer::head);
    }
}
