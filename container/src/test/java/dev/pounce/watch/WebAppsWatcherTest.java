package dev.pounce.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.AppState;
import dev.pounce.deploy.WebAppDeployer;
import dev.pounce.develop.Development;
import dev.pounce.server.HttpServer;
import dev.pounce.testing.Await;
import dev.pounce.testing.CapturedLog;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What is deployed of a directory, and when; the time is moved by the tests. */
@Timeout(60)
class WebAppsWatcherTest {
    @TempDir Path temp;
    private final MovedTime time = new MovedTime();
    private Path webapps;
    private Path conf;
    private HttpServer server;
    private WebAppDeployer deployer;
    private WebAppsWatcher watcher;

    /** Far from the time of files, which are old for it. */
    private static final class MovedTime implements WebAppsWatcher.Time {
        private long nanos;
        private Instant start = Instant.now().plusSeconds(1000);
        private Runnable pauses = () -> {};

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Instant now() {
            return start.plusNanos(nanos);
        }

        @Override
        public void pause(Duration duration) {
            nanos += duration.toNanos();
            pauses.run();
        }
    }

    @BeforeEach
    void start() throws IOException {
        webapps = Files.createDirectory(temp.resolve("webapps"));
        conf = Files.createDirectory(temp.resolve("conf"));
        server =
                new HttpServer(
                        ServerConfig.defaults()
                                .withHost("127.0.0.1")
                                .withPort(0)
                                .with("webapps_conf", conf.toString()));
        deployer = new WebAppDeployer(server, temp.resolve("work"), getClass().getClassLoader());
        watcher = new WebAppsWatcher(webapps, deployer, server::config, time);
    }

    @AfterEach
    void stop() {
        deployer.close();
    }

    private TestWebApp app(String name) throws IOException {
        return new TestWebApp(webapps.resolve(name));
    }

    private Path war(String name) throws IOException {
        return new TestWebApp(temp.resolve("packed"))
                .file("a.txt", "text")
                .pack(temp.resolve(name));
    }

    private void after(String duration) {
        time.nanos += Duration.parse("PT" + duration).toNanos();
        watcher.look(Runnable::run);
    }

    /** Names and states, those that are ending left out. */
    private String deployed() {
        return deployer.status().stream()
                .filter(each -> each.state() != AppState.RETIRING)
                .map(each -> each.name() + " " + each.state())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private int starts() {
        return deployer.starts();
    }

    @Test
    void whatIsThereIsDeployedAtOnceByItsName() throws Exception {
        app("ROOT").file("a.txt", "");
        app("a#b").file("a.txt", "");
        Files.move(war("shop##2.war"), webapps.resolve("shop##2.war"));
        Files.writeString(webapps.resolve("README.txt"), "");
        app(".hidden").file("a.txt", "");

        watcher.deployAll();

        assertEquals("/ RUNNING, /a/b/ RUNNING, /shop/##2 RUNNING", deployed());
    }

    @Test
    void whatWasWrittenInTheMomentOfTheStartIsWaitedFor() throws Exception {
        time.start = Instant.now();
        app("slow").file("WEB-INF/web.xml", "<web-app>");
        int[] pauses = {0};
        time.pauses =
                () -> {
                    if (++pauses[0] == 3) {
                        write("slow/WEB-INF/web.xml", "");
                        write("slow/index.html", "hello");
                    }
                };
        Files.delete(webapps.resolve("slow/WEB-INF/web.xml"));

        watcher.deployAll();

        assertTrue(pauses[0] > 6, "the second is counted from the last change");
        assertEquals("/slow/ FAILED", deployed());
    }

    private void write(String file, String content) {
        try {
            Files.writeString(webapps.resolve(file), content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFolderIsDeployedWhenItHasBeenQuietForASecond() throws Exception {
        watcher.deployAll();
        app("shop").file("a.txt", "");
        after("0S");
        after("0.4S");
        app("shop").file("b.txt", "");
        after("0.4S");
        after("0.9S");
        assertEquals("", deployed());
        after("0.1S");
        assertEquals("/shop/ RUNNING", deployed());
    }

    @Test
    void aChangeOfItsSettingsDeploysAnApplicationAnew() throws Exception {
        app("shop").file("a.txt", "");
        app("other").file("a.txt", "");
        watcher.deployAll();
        assertEquals(2, starts());
        Path file = conf.resolve("shop.yaml");
        Files.writeString(file, "context_path: /store");
        after("0S");
        after("0.9S");
        assertEquals("/other/ RUNNING, /shop/ RUNNING", deployed());
        after("0.1S");
        assertEquals("/other/ RUNNING, /store/ RUNNING", deployed());
        assertEquals(3, starts());
        Files.writeString(file, "context_pth: /store");
        after("0S");
        after("1S");
        assertEquals("/other/ RUNNING, /store/ FAILED, /store/ RUNNING", deployed());
        Files.writeString(file, "context_path: /store");
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        after("0S");
        after("1S");
        assertEquals("/other/ RUNNING, /store/ RUNNING", deployed());
        app("shop").file("WEB-INF/pounce.yaml", "context_path: /front");
        Files.delete(file);
        after("0S");
        after("1S");
        assertEquals("/front/ RUNNING, /other/ RUNNING", deployed());
        Files.move(webapps.resolve("shop"), temp.resolve("gone"));
        after("0S");
        after("1S");
        assertEquals("/other/ RUNNING", deployed());
    }

    @Test
    void anApplicationGetsAPlaceThatHasBecomeFree() throws Exception {
        app("a").file("WEB-INF/pounce.yaml", "context_path: /shop");
        app("b").file("WEB-INF/pounce.yaml", "context_path: /shop");
        watcher.deployAll();
        assertEquals("/b/ FAILED, /shop/ RUNNING", deployed());
        Files.move(webapps.resolve("a"), temp.resolve("gone"));
        after("0S");
        after("1S");
        app("b").file("WEB-INF/pounce.yaml", "context_path: /shop\n");
        after("0S");
        after("1S");
        assertEquals("/shop/ RUNNING", deployed());
    }

    @Test
    void aCopyWithLongPausesIsGivenTwiceTheirTime() throws Exception {
        watcher.deployAll();
        app("shop").file("a.txt", "");
        after("0S");
        after("0.8S");
        app("shop").file("b.txt", "");
        after("0.1S");
        after("1.5S");
        assertEquals("", deployed());
        after("0.2S");
        assertEquals("/shop/ RUNNING", deployed());
    }

    @Test
    void aWarThatIsStillBeingCopiedIsNotDeployedHoweverLongItTakes() throws Exception {
        byte[] whole = Files.readAllBytes(war("shop.war"));
        watcher.deployAll();
        Path copy = webapps.resolve("shop.war");
        Files.write(copy, Arrays.copyOf(whole, whole.length / 2));
        try (CapturedLog log = new CapturedLog()) {
            after("0S");
            after("60S");
            after("60S");
            assertEquals("/shop/ FAILED", deployed());
            assertEquals(1, log.lines("it is no complete zip file").size());
        }
        Files.write(
                copy,
                Arrays.copyOfRange(whole, whole.length / 2, whole.length),
                StandardOpenOption.APPEND);
        after("1S");
        after("240S");
        assertEquals("/shop/ RUNNING", deployed());
    }

    @Test
    void aFolderWithHalfALibraryIsNotDeployed() throws Exception {
        byte[] whole = Files.readAllBytes(war("library.jar"));
        watcher.deployAll();
        Path lib = Files.createDirectories(webapps.resolve("shop/WEB-INF/lib")).resolve("a.jar");
        Files.write(lib, Arrays.copyOf(whole, whole.length - 10));
        after("0S");
        after("1S");
        assertEquals("/shop/ FAILED", deployed());
        Files.write(lib, whole);
        after("1S");
        after("1S");
        after("10S");
        assertEquals("/shop/ RUNNING", deployed());
    }

    @Test
    void classesLibrariesAndTheDescriptorAreAReasonToDeployAgainAndOtherFilesAreNot()
            throws Exception {
        TestWebApp shop = app("shop").file("index.html", "one");
        shop.file("WEB-INF/classes/a.properties", "a=1");
        watcher.deployAll();
        assertEquals(1, starts());

        shop.file("index.html", "two, and longer").file("WEB-INF/notes.txt", "");
        after("1S");
        after("2S");
        assertEquals(1, starts());

        shop.file("WEB-INF/classes/a.properties", "a=22");
        after("1S");
        assertEquals(1, starts());
        after("1S");
        assertEquals(2, starts());

        Files.createDirectories(webapps.resolve("shop/WEB-INF/lib"));
        Files.copy(war("l.jar"), webapps.resolve("shop/WEB-INF/lib/l.jar"));
        after("1S");
        after("1S");
        assertEquals(3, starts());
        assertEquals("/shop/ RUNNING", deployed());
    }

    @Test
    void touchingWhatCountsDeploysAgain() throws Exception {
        app("shop").file("WEB-INF/classes/a.properties", "");
        watcher.deployAll();
        Files.setLastModifiedTime(
                webapps.resolve("shop/WEB-INF/classes/a.properties"),
                FileTime.from(Instant.now().plusSeconds(10)));
        after("1S");
        after("1S");
        assertEquals(2, starts());
    }

    @Test
    void whatIsRemovedIsUndeployedAndWhatComesBackInTimeIsNot() throws Exception {
        app("shop").file("a.txt", "");
        Files.move(war("zip.war"), webapps.resolve("zip.war"));
        watcher.deployAll();

        Files.move(webapps.resolve("shop"), temp.resolve("aside"));
        Files.delete(webapps.resolve("zip.war"));
        after("1S");
        after("0.5S");
        assertEquals("/shop/ RUNNING, /zip/ RUNNING", deployed());
        Files.move(temp.resolve("aside"), webapps.resolve("shop"));
        after("0.5S");
        assertEquals("/shop/ RUNNING", deployed());
        after("10S");
        assertEquals(2, starts());
        assertEquals("/shop/ RUNNING", deployed());
    }

    @Test
    void aRenamedFolderMoves() throws Exception {
        app("shop").file("a.txt", "");
        watcher.deployAll();
        Files.move(webapps.resolve("shop"), webapps.resolve("store"));
        after("1S");
        after("1S");
        assertEquals("/store/ RUNNING", deployed());
    }

    @Test
    void aSymbolicLinkThatLeadsElsewhereIsAChange() throws Exception {
        Path one = new TestWebApp(temp.resolve("one")).file("a.txt", "").root();
        Path two = new TestWebApp(temp.resolve("two")).file("a.txt", "").root();
        FileTime same = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(one.resolve("a.txt"), same);
        Files.setLastModifiedTime(two.resolve("a.txt"), same);
        Path link = Files.createSymbolicLink(webapps.resolve("shop"), one);
        watcher.deployAll();
        Path next = Files.createSymbolicLink(temp.resolve("next"), two);
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        after("1S");
        after("1S");
        assertEquals(2, starts());
    }

    @Test
    void whatDoesNotStartIsTriedAgainWhenItHasChanged() throws Exception {
        TestWebApp shop = app("shop").file("WEB-INF/web.xml", "<web-app/>");
        watcher.deployAll();
        after("10S");
        assertEquals("/shop/ FAILED", deployed());
        assertEquals(1, starts());
        Files.delete(shop.root().resolve("WEB-INF/web.xml"));
        after("1S");
        after("1S");
        assertEquals("/shop/ RUNNING", deployed());
    }

    @Test
    void aBrokenVersionThatIsTakenBackLeavesNoTrace() throws Exception {
        Path war = webapps.resolve("shop.war");
        Files.copy(war("shop.war"), war);
        FileTime before = Files.getLastModifiedTime(war);
        watcher.deployAll();
        Files.writeString(war, "PK");
        after("1S");
        after("1S");
        assertEquals("/shop/ FAILED, /shop/ RUNNING", deployed());
        Files.copy(temp.resolve("shop.war"), war, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(war, before);
        after("1S");
        after("10S");
        assertEquals("/shop/ RUNNING", deployed());
        assertEquals(1, starts());
    }

    @Test
    void aDirectoryThatIsNotMountedUndeploysNothing() throws Exception {
        app("shop").file("a.txt", "");
        watcher.deployAll();
        after("1S");
        Files.move(webapps, temp.resolve("unmounted"));
        after("10S");
        Files.createDirectory(webapps);
        try (CapturedLog log = new CapturedLog()) {
            after("10S");
            after("10S");
            assertEquals(1, log.lines("nothing is undeployed").size());
        }
        assertEquals("/shop/ RUNNING", deployed());
        Files.delete(webapps);
        Files.move(temp.resolve("unmounted"), webapps);
        after("10S");
        after("10S");
        assertEquals(1, starts());
    }

    @Test
    void aChangeDuringADeploymentIsDeployedAfterIt() throws Exception {
        watcher.deployAll();
        TestWebApp shop = app("shop").file("WEB-INF/classes/a.properties", "");
        time.nanos += 1;
        Runnable[] held = new Runnable[1];
        watcher.look(task -> held[0] = task);
        time.nanos += Duration.ofSeconds(1).toNanos();
        watcher.look(task -> held[0] = task);
        shop.file("WEB-INF/classes/a.properties", "changed");
        after("1S");
        after("1S");
        assertEquals(0, starts());
        held[0].run();
        after("1S");
        assertEquals(2, starts());
        Await.until(() -> deployed().equals("/shop/ RUNNING"));
    }

    @Test
    void whatARequestOfADeveloperHasDeployedIsNotDeployedAgain() throws Exception {
        TestWebApp shop = app("shop").compile(greeting("first"));
        watcher.deployAll();
        DevelopmentLookup development =
                new DevelopmentLookup(deployer, server, new Development(true, true, List.of()));
        server.lookup(development);
        watcher.beside(development);
        server.start();
        try {
            assertEquals("first", answer());
            shop.compile(greeting("second"));
            assertEquals("second", answer());
            int starts = starts();
            after("0.1S");
            after("2S");
            after("2S");
            assertEquals(starts, starts());

            shop.compile(greeting("the third"));
            after("0.1S");
            after("2S");
            assertEquals(starts + 1, starts());
        } finally {
            server.stop();
        }
    }

    private static String greeting(String text) {
        return "public class Greeting { @Fused(\"/\") public String greet() { return \"%s\"; } }"
                .formatted(text);
    }

    private String answer() throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            String answer =
                    client.send("GET /shop/ HTTP/1.1\nHost: h\nConnection: close\n\n").readToEnd();
            return answer.substring(answer.indexOf("\n\n") + 2);
        }
    }
}
