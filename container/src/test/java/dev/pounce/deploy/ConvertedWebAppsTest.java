package dev.pounce.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Webapps are converted once for each content, whatever happens on the way. */
class ConvertedWebAppsTest {
    @TempDir Path temp;

    private final AtomicInteger conversions = new AtomicInteger();
    private Instant now = Instant.now();
    private Path cache;
    private TestWebApp app;

    @BeforeEach
    void webapp() throws IOException {
        cache = temp.resolve("cache");
        app = new TestWebApp(temp.resolve("app")).file("a.html", "a").file("b/c.html", "c");
    }

    /** Makes a folder with a file that tells of the conversion. */
    private final class Marking implements WebAppConverter {
        private final String version;

        Marking(String version) {
            this.version = version;
        }

        @Override
        public String version() {
            return version;
        }

        @Override
        public void convert(Path origin, Path target) throws IOException {
            conversions.incrementAndGet();
            Files.createDirectories(target);
            List<String> names = names(origin);
            Files.writeString(target.resolve("converted"), version + " of " + names);
            if (Files.exists(origin.resolve("broken"))) {
                throw new IOException("broken");
            }
        }
    }

    private ConvertedWebApps webapps(WebAppConverter converter) {
        return new ConvertedWebApps(converter, cache, () -> now);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private List<Path> cached() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.toList();
        }
    }

    @Test
    void theSameContentIsConvertedOnceWhereverItLies() throws Exception {
        ConvertedWebApps webapps = webapps(new Marking("1"));
        Path converted = webapps.converted(app.root());
        Path copy =
                new TestWebApp(temp.resolve("copy"))
                        .file("b/c.html", "c")
                        .file("a.html", "a")
                        .root();
        assertEquals(converted, webapps.converted(copy));
        assertEquals(converted, webapps(new Marking("1")).converted(app.root()));
        assertEquals(1, conversions.get());
        assertEquals("1 of [a.html, b]", Files.readString(converted.resolve("converted")));
        assertEquals(List.of(converted), cached());
    }

    @Test
    void otherContentNamesAndConvertersMakeAnotherOne() throws Exception {
        Path first = webapps(new Marking("1")).converted(app.root());
        Path second = webapps(new Marking("2")).converted(app.root());
        assertNotEquals(first, second);
        app.file("a.html", "b");
        assertNotEquals(second, webapps(new Marking("2")).converted(app.root()));
        Path moved = new TestWebApp(temp.resolve("moved")).file("b.html", "ac").root();
        Path other = new TestWebApp(temp.resolve("other")).file("b.htmla", "c").root();
        assertNotEquals(
                webapps(new Marking("2")).converted(moved),
                webapps(new Marking("2")).converted(other));
        assertEquals(5, conversions.get());
    }

    @Test
    void aWarFileIsUnpackedFirst() throws Exception {
        Path war = app.pack(temp.resolve("app.war"));
        Path converted = webapps(new Marking("1")).converted(war);
        assertEquals("1 of [a.html, b]", Files.readString(converted.resolve("converted")));
        assertEquals(List.of(converted), cached());
        Path broken = Files.write(temp.resolve("broken.war"), new byte[] {'P', 'K', 3, 4});
        DeploymentException e =
                assertThrows(
                        DeploymentException.class,
                        () -> webapps(new Marking("1")).converted(broken));
        assertTrue(e.getMessage().startsWith(broken + " is no valid war file"), e.getMessage());
    }

    @Test
    void ofAConversionThatFailsNothingIsLeftAndTheNextOneBeginsAnew() throws Exception {
        app.file("broken", "");
        ConvertedWebApps webapps = webapps(new Marking("1"));
        assertThrows(IOException.class, () -> webapps.converted(app.root()));
        assertEquals(List.of(), cached());
        Files.delete(app.root().resolve("broken"));
        webapps.converted(app.root());
        assertEquals(2, conversions.get());
    }

    @Test
    void whatChangesWhileItIsConvertedIsNotKeptForWhatItWas() throws Exception {
        WebAppConverter overtaken =
                new WebAppConverter() {
                    @Override
                    public String version() {
                        return "1";
                    }

                    @Override
                    public void convert(Path origin, Path target) throws IOException {
                        app.file("a.html", "written meanwhile");
                        new Marking("1").convert(origin, target);
                    }
                };
        DeploymentException e =
                assertThrows(
                        DeploymentException.class, () -> webapps(overtaken).converted(app.root()));
        assertEquals(app.root() + " has changed while it was converted", e.getMessage());
        assertEquals(List.of(), cached());
        webapps(new Marking("1")).converted(app.root());
    }

    @Test
    void aLibraryThatIsNoJarIsNotTakenForAnEmptyOne() throws Exception {
        app.file("WEB-INF/lib/half.jar", "PK");
        for (Path origin : List.of(app.root(), app.pack(temp.resolve("app.war")))) {
            DeploymentException e =
                    assertThrows(
                            DeploymentException.class,
                            () -> webapps(new Marking("1")).converted(origin));
            assertTrue(
                    e.getMessage()
                            .startsWith(
                                    origin
                                            + " cannot be converted: WEB-INF/lib/half.jar is no"
                                            + " valid jar: "),
                    e.getMessage());
        }
        assertEquals(0, conversions.get());
        assertEquals(List.of(), cached());
    }

    @Test
    void serversThatConvertTheSameAtTheSameTimeGetOneAndTheSame() throws Exception {
        int servers = 8;
        CountDownLatch together = new CountDownLatch(servers);
        try (ExecutorService threads = Executors.newFixedThreadPool(servers)) {
            for (int round = 0; round < 20; round++) {
                app.file("a.html", "round " + round);
                List<Future<Path>> all =
                        Stream.generate(
                                        () ->
                                                threads.submit(
                                                        () -> {
                                                            together.countDown();
                                                            together.await();
                                                            return webapps(new Marking("1"))
                                                                    .converted(app.root());
                                                        }))
                                .limit(servers)
                                .toList();
                Path first = all.getFirst().get();
                for (Future<Path> each : all) {
                    assertEquals(first, each.get());
                }
                assertEquals("1 of [a.html, b]", Files.readString(first.resolve("converted")));
            }
        }
        assertEquals(20, cached().size());
    }

    @Test
    void whatNobodyHasUsedForAMonthIsDeleted() throws Exception {
        ConvertedWebApps webapps = webapps(new Marking("1"));
        webapps.deleteUnused();
        Path unused = webapps.converted(app.root());
        app.file("a.html", "another");
        Path used = webapps.converted(app.root());
        now = now.plus(Duration.ofDays(29));
        webapps.converted(app.root());
        webapps.deleteUnused();
        assertTrue(Files.exists(unused));
        now = now.plus(Duration.ofDays(2));
        webapps.deleteUnused();
        assertFalse(Files.exists(unused));
        assertTrue(Files.exists(used));
    }

    @Test
    void onlyWhatLiesInTheFolderIsConverted() throws Exception {
        LegacyWebApps legacy =
                new LegacyWebApps(temp, () -> Optional.of(new Marking("1")), () -> now);
        Path elsewhere = new TestWebApp(temp.resolve("app/inside")).root();
        assertEquals(elsewhere, legacy.runnable(elsewhere));
        Path converted = legacy.runnable(app.root());
        assertEquals(temp.resolve(".converted"), converted.getParent());
        LegacyWebApps without = new LegacyWebApps(temp, Optional::empty, () -> now);
        assertEquals(elsewhere, without.runnable(elsewhere));
        DeploymentException e =
                assertThrows(DeploymentException.class, () -> without.runnable(app.root()));
        assertEquals(
                app.root()
                        + " is a webapp of javax.servlet, for it lies in webapps_javax: put"
                        + " pounce-jakarta-migration in lib/migration, or on the class path, which"
                        + " converts it",
                e.getMessage());
        LegacyWebApps lacking =
                new LegacyWebApps(
                        temp,
                        () -> {
                            throw new NoClassDefFoundError("java/util/logging/Logger");
                        },
                        () -> now);
        DeploymentException small =
                assertThrows(DeploymentException.class, () -> lacking.runnable(app.root()));
        assertTrue(small.getMessage().contains("java.logging"), small.getMessage());
    }
}
