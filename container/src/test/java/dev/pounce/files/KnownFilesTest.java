package dev.pounce.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.pounce.config.ServerConfig;
import dev.pounce.testing.FileSite;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

class KnownFilesTest {
    private static final Instant REST = Instant.parse("2024-11-03T10:20:30Z");
    private static final long NOW = Instant.parse("2026-11-03T10:20:30Z").toEpochMilli();

    @TempDir Path folder;
    private final FileResponder responder =
            new FileResponder(
                    true,
                    List.of(),
                    1,
                    new FileCache(ServerConfig.defaults().staticFiles()).part());
    private KnownFile file;

    @BeforeEach
    void look() throws Exception {
        file = look("a.css", REST);
    }

    private KnownFile look(String name, Instant modified) throws Exception {
        Path written = Files.writeString(folder.resolve(name), "content of " + name);
        Files.setLastModifiedTime(written, FileTime.from(modified));
        return responder.look(Objects.requireNonNull(FoundFile.of("/" + name, written)), NOW);
    }

    @Test
    void aFileIsRememberedForThatTime() {
        KnownFiles known = new KnownFiles(1000);
        known.put("/a.css", file, NOW);
        assertSame(file, known.find("/a.css", NOW));
        assertSame(file, known.find("/a.css", NOW + 999));
        assertNull(known.find("/a.css", NOW + 1000));
        assertNull(known.find("/b.css", NOW));
    }

    @Test
    void aClockThatIsPutBackMakesNothingLast() {
        KnownFiles known = new KnownFiles(1000);
        known.put("/a.css", file, NOW);
        assertNull(known.find("/a.css", NOW - 1));
    }

    @Test
    void whatWasNotRightIsForgotten() {
        KnownFiles known = new KnownFiles(1000);
        known.put("/a.css", file, NOW);
        known.remove("/a.css");
        assertNull(known.find("/a.css", NOW));
    }

    @Test
    void withoutTimeNothingIsRemembered() {
        KnownFiles known = new KnownFiles(0);
        known.put("/a.css", file, NOW);
        assertNull(known.find("/a.css", NOW));
    }

    /** Whoever writes it now may write again within the same tick of the file system's clock. */
    @Test
    void aFileThatMayStillBeWrittenIsNotRemembered() throws Exception {
        KnownFiles known = new KnownFiles(1000);
        known.put("/b.css", look("b.css", Instant.ofEpochMilli(NOW)), NOW);
        assertNull(known.find("/b.css", NOW));
        look("c.css.gz", Instant.ofEpochMilli(NOW));
        known.put("/c.css", look("c.css", REST), NOW);
        assertNull(known.find("/c.css", NOW));
    }

    @Test
    void theirNumberIsBounded() {
        KnownFiles known = new KnownFiles(1000);
        for (int i = 0; i < 1024; i++) {
            known.put("/" + i, file, NOW);
        }
        known.put("/late", file, NOW + 500);
        assertNull(known.find("/0", NOW + 500));
        assertSame(file, known.find("/late", NOW + 500));
        for (int i = 1; i < 1024; i++) {
            known.put("/" + i, file, NOW + 1499);
        }
        known.put("/last", file, NOW + 1500);
        assertNull(known.find("/late", NOW + 1499));
        assertSame(file, known.find("/1", NOW + 1500));
        assertSame(file, known.find("/last", NOW + 1500));
    }

    @Test
    void aServerGoesByWhatItHasFoundUntilThatTimeIsOver() throws Exception {
        try (FileSite site = site("static_files.check_after", "1h")) {
            assertEquals("first", site.get("/a.txt").text());
            site.get("/a.txt");
            site.file("a.txt", "other".getBytes(), Instant.parse("2024-12-01T00:00:00Z"));
            assertEquals("first", site.get("/a.txt").text());
            Files.delete(site.root().resolve("a.txt"));
            assertEquals("first", site.get("/a.txt").text());
        }
    }

    @Test
    void aFileWhoseContentIsNotKeptIsMissedAtOnce() throws Exception {
        try (FileSite site = site("static_files.check_after", "1h")) {
            assertEquals(200, site.get("/a.txt").status());
            Files.delete(site.root().resolve("a.txt"));
            assertEquals(404, site.get("/a.txt").status());
            site.file("a.txt", "again".getBytes());
            assertEquals("again", site.get("/a.txt").text());
        }
    }

    @Test
    void aLinkInThePlaceOfAFileIsNotFollowedOutOfTheFolder() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "secret");
        try (FileSite site = site("static_files.check_after", "1h")) {
            assertEquals(200, site.get("/a.txt").status());
            Files.delete(site.root().resolve("a.txt"));
            Files.createSymbolicLink(site.root().resolve("a.txt"), secret);
            assertEquals(404, site.get("/a.txt").status());
        }
    }

    @Test
    void anOpenFileWhoseSizeHasChangedIsLookedAtAtOnce() throws Exception {
        try (FileSite site = site("static_files.check_after", "1h")) {
            for (int i = 0; i < 3; i++) {
                assertEquals(200_000, site.get("/large.bin").content().length);
            }
            site.file("large.bin", FileSite.noise(100_000));
            assertEquals("100000", site.get("/large.bin").field("Content-Length"));
        }
    }

    @Test
    void developersSeeEveryChangeAtOnce() throws Exception {
        try (FileSite site =
                site("static_files.check_after", "1h", "development.enabled", "true")) {
            site.get("/a.txt");
            site.get("/a.txt");
            site.file("a.txt", "other".getBytes(), Instant.parse("2024-12-01T00:00:00Z"));
            assertEquals("other", site.get("/a.txt").text());
        }
    }

    private FileSite site(String... settings) throws Exception {
        return new FileSite(
                folder.resolve("site"),
                files -> {
                    files.file("a.txt", "first".getBytes());
                    files.file("large.bin", FileSite.noise(200_000));
                },
                settings);
    }
}
