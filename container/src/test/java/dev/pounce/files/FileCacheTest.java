package dev.pounce.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.encoding.ContentCoding;
import dev.pounce.testing.FileSite;
import dev.pounce.testing.FileSite.Answer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class FileCacheTest {
    private static final String TEXT = "to be or not to be\n".repeat(300);
    private static final int ENTRY_COST = 512;
    private static final Instant REST = Instant.parse("2024-11-03T10:20:30Z");

    @TempDir Path folder;

    private FileSite site(String... settings) throws Exception {
        return new FileSite(
                folder,
                files -> {
                    files.file("a.txt", TEXT);
                    files.file("b.txt", TEXT);
                    files.file("large.txt", "x".repeat(70_000));
                    files.unsettled("new.txt", TEXT);
                },
                settings);
    }

    private static FileCache.Counts counts(FileSite site) {
        return site.server().fileCache();
    }

    @Test
    void aFileIsKeptWhenItIsAskedForASecondTime() throws Exception {
        try (FileSite site = site()) {
            site.get("/a.txt");
            assertEquals(0, counts(site).entries());
            site.get("/a.txt");
            assertEquals(1, counts(site).entries());
            assertEquals(0, counts(site).hits());
            assertEquals(TEXT, site.get("/a.txt").text());
            assertEquals(1, counts(site).hits());
            assertEquals(2, counts(site).misses());
            assertEquals(TEXT.length() + ENTRY_COST, counts(site).bytes());
        }
    }

    @Test
    void eachCodedFormIsKeptOnceAndCounted() throws Exception {
        try (FileSite site = site()) {
            site.get("/a.txt");
            long expected = TEXT.length() + ENTRY_COST;
            for (String coding : List.of("gzip", "zstd")) {
                Answer made = site.get("/a.txt", "Accept-Encoding: " + coding);
                Answer kept = site.get("/a.txt", "Accept-Encoding: " + coding);
                assertEquals(coding, kept.field("Content-Encoding"));
                assertArrayEquals(made.content(), kept.content());
                assertEquals("" + kept.content().length, kept.field("Content-Length"));
                assertTrue(kept.field("ETag").startsWith("W/\""), kept::head);
                assertEquals("Accept-Encoding", kept.field("Vary"));
                expected += kept.content().length;
                assertEquals(expected, counts(site).bytes());
            }
            assertEquals(TEXT, site.get("/a.txt").text());
            assertEquals(TEXT.substring(3, 9), site.get("/a.txt", "Range: bytes=3-8").text());
            Answer head = site.send("HEAD", "/a.txt", "Accept-Encoding: gzip");
            assertEquals("gzip", head.field("Content-Encoding"));
            assertEquals("", head.text());
        }
    }

    @Test
    void aFileThatChangesIsReadAgain() throws Exception {
        try (FileSite site = site("static_files.check_after", "0")) {
            Answer before = site.get("/a.txt");
            site.get("/a.txt");
            site.file("a.txt", "changed".getBytes(), Instant.parse("2024-12-01T00:00:00Z"));
            Answer after = site.get("/a.txt");
            assertEquals("changed", after.text());
            assertNotEquals(before.field("ETag"), after.field("ETag"));
            assertEquals("changed", site.get("/a.txt").text());
            assertEquals("changed".length() + ENTRY_COST, counts(site).bytes());
            Files.delete(site.root().resolve("a.txt"));
            assertEquals(404, site.get("/a.txt").status());
        }
    }

    @Test
    void anotherFileOfTheSameSizeAndTimeInItsPlaceIsSeen() throws Exception {
        try (FileSite site = site("static_files.check_after", "0")) {
            site.get("/a.txt");
            site.get("/a.txt");
            Path other = site.file("other.txt", TEXT.toUpperCase(java.util.Locale.ROOT));
            Files.move(other, site.root().resolve("a.txt"), StandardCopyOption.REPLACE_EXISTING);
            assertEquals(TEXT.toUpperCase(java.util.Locale.ROOT), site.get("/a.txt").text());
        }
    }

    @Test
    void largeFilesAndFilesThatMayStillBeWrittenAreNotKept() throws Exception {
        try (FileSite site = site()) {
            for (int i = 0; i < 3; i++) {
                site.get("/large.txt");
                site.get("/new.txt");
                site.get("/none.txt");
                site.send("HEAD", "/a.txt");
            }
            assertEquals(new FileCache.Counts(0, 0, 0, 0, 0), counts(site));
        }
    }

    @Test
    void memoryIsBoundedAndTheLongestUnusedGoesFirst() throws Exception {
        try (FileSite site = site("static_files.memory", "8KiB")) {
            site.get("/a.txt");
            site.get("/a.txt");
            site.get("/b.txt");
            assertEquals(0, counts(site).evictions());
            site.get("/b.txt");
            assertEquals(1, counts(site).evictions());
            assertEquals(1, counts(site).entries());
            assertTrue(counts(site).bytes() <= 8 << 10);
            site.get("/b.txt");
            assertEquals(1, counts(site).hits());
        }
    }

    @Test
    void withoutMemoryNothingIsKept() throws Exception {
        try (FileSite site = site("static_files.memory", "0")) {
            for (int i = 0; i < 3; i++) {
                assertEquals(TEXT, site.get("/a.txt").text());
            }
            assertEquals(0, counts(site).entries());
        }
    }

    @Test
    void nothingIsKeptOfAWebAppThatIsUndeployed() throws Exception {
        try (FileSite site = site()) {
            site.get("/a.txt");
            site.get("/a.txt", "Accept-Encoding: gzip");
            site.get("/b.txt");
            assertEquals(1, counts(site).entries());
            site.server().undeploy("/s");
            assertEquals(0, counts(site).entries());
            assertEquals(0, counts(site).bytes());
        }
    }

    private FoundFile found(String name) {
        Path file = folder.resolve(name);
        FoundFile found = FoundFile.of("/" + name, file);
        if (found == null) {
            throw new AssertionError(file);
        }
        return found;
    }

    private void write(String name, int size) throws IOException {
        Path file = Files.write(folder.resolve(name), new byte[size]);
        Files.setLastModifiedTime(file, FileTime.from(REST.plusSeconds(size)));
    }

    private static void open(FileCache.Part part, FoundFile file) throws IOException {
        try (FileContent content = part.open(file, Instant.now().toEpochMilli())) {
            if (content instanceof KeptFile kept) {
                kept.keep(ContentCoding.GZIP, new byte[10]);
            }
        }
    }

    @Test
    void aClosedPartKeepsNothing() throws Exception {
        FileCache cache = new FileCache(ServerConfig.defaults().staticFiles());
        FileCache.Part part = cache.part();
        write("x", 10);
        FoundFile file = found("x");
        open(part, file);
        FileContent kept = part.open(file, Instant.now().toEpochMilli());
        part.close();
        assertInstanceOf(KeptFile.class, kept).keep(ContentCoding.ZSTD, new byte[10]);
        for (int i = 0; i < 3; i++) {
            open(part, file);
        }
        assertEquals(0, cache.counts().entries());
        assertEquals(0, cache.counts().bytes());
    }

    /** Whatever happens at the same time, the sum is right: without the parts nothing is left. */
    @Test
    void theBoundAndTheSumHoldUnderConcurrentUse() throws Exception {
        ServerConfig config = ServerConfig.defaults().with("static_files.memory", "10KiB");
        FileCache cache = new FileCache(config.staticFiles());
        for (int i = 0; i < 20; i++) {
            write("f" + i, 100 * i);
        }
        List<FileCache.Part> parts = List.of(cache.part(), cache.part());
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Random random = new Random(i);
            FileCache.Part part = parts.get(i % 2);
            tasks.add(
                    () -> {
                        long most = 0;
                        for (int n = 0; n < 2_000; n++) {
                            String name = "f" + random.nextInt(20);
                            if (n % 50 == 0) {
                                Path file = folder.resolve(name);
                                Instant later = REST.plusSeconds(random.nextInt(100_000));
                                Files.setLastModifiedTime(file, FileTime.from(later));
                            }
                            open(part, found(name));
                            most = Math.max(most, cache.counts().bytes());
                        }
                        return most;
                    });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Long> each : threads.invokeAll(tasks)) {
                assertTrue(each.get() <= 10 << 10, () -> "bytes: " + each.resultNow());
            }
        }
        assertTrue(cache.counts().hits() > 0 && cache.counts().evictions() > 0);
        parts.forEach(FileCache.Part::close);
        assertEquals(0, cache.counts().entries());
        assertEquals(0, cache.counts().bytes());
    }
}
