package dev.pounce.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.server.HttpServer;
import dev.pounce.testing.Await;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * War files that are broken, or made to do harm: each is refused with the reason, nothing is
 * written outside of the work folder or left there, and what serves goes on.
 */
@Timeout(60)
class HostileWarsTest {
    private static final int LARGE = 300_000;

    @TempDir Path temp;
    private Path webapps;
    private Path work;
    private HttpServer server;
    private WebAppDeployer deployer;

    @BeforeEach
    void start() throws Exception {
        webapps = Files.createDirectory(temp.resolve("webapps"));
        work = temp.resolve("work");
        server =
                new HttpServer(
                        ServerConfig.defaults().withHost("127.0.0.1").withPort(0).withWorkers(1));
        server.start();
        deployer = new WebAppDeployer(server, work, getClass().getClassLoader());
        new TestWebApp(webapps.resolve("good")).file("a.txt", "good");
        deployer.deploy(webapps.resolve("good"), AppName.of("/good"));
    }

    @AfterEach
    void stop() throws Exception {
        deployer.close();
        server.stop();
    }

    private String get(String path) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            String answer =
                    client.send("GET " + path + " HTTP/1.1\nHost: h\nConnection: close\n\n")
                            .readToEnd();
            return answer.substring(answer.indexOf("\n\n") + 2);
        }
    }

    /** A war of small files by their names. */
    private static byte[] war(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.ISO_8859_1)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return bytes.toByteArray();
    }

    /** The same bytes with another text in the place of one of the same length. */
    private static byte[] renamed(byte[] war, String from, String to) {
        String text = new String(war, StandardCharsets.ISO_8859_1);
        assertEquals(from.length(), to.length());
        assertTrue(text.contains(from), from);
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Why a war is not deployed, its own path left out. */
    private String refusal(byte[] bytes) throws Exception {
        Path war = Files.write(webapps.resolve("bad.war"), bytes);
        List<Path> before = files(temp);
        DeploymentException refused =
                assertThrows(
                        DeploymentException.class, () -> deployer.deploy(war, AppName.of("/bad")));
        assertEquals(before, files(temp), "nothing is left");
        assertEquals("good", get("/good/a.txt"));
        assertEquals(
                AppState.FAILED,
                deployer.status().stream()
                        .filter(each -> each.name().contextPath().equals("/bad"))
                        .findFirst()
                        .orElseThrow()
                        .state());
        return String.valueOf(refused.getMessage()).replace(war.toString(), "WAR");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted().toList();
        }
    }

    private static void assertContains(String part, String text) {
        assertTrue(text.contains(part), text);
    }

    @Test
    void oneThatWasCutOffAnywhereIsRefused() throws Exception {
        byte[] whole = war("a.txt", "WEB-INF/b.txt");
        for (int length = 0; length < whole.length; length += 7) {
            String reason = refusal(Arrays.copyOf(whole, length));
            assertContains("WAR is no valid war file: ", reason);
        }
    }

    @Test
    void namesThatLeadOutOfTheFolderAreRefused() throws Exception {
        for (String name :
                List.of("../x", "..\\x", "/x", "/etc/x", "a/../../x", "WEB-INF/../../x", "..")) {
            assertEquals(
                    "WAR has the entry \"" + name + "\", which leads out of its folder",
                    refusal(war("WEB-INF/", name)));
        }
    }

    @Test
    void namesThatAreThereTwiceAreRefused() throws Exception {
        String reason = "WAR has the entry \"%s\" twice, or as a file and as a folder";
        assertEquals(reason.formatted("a/b1"), refusal(renamed(war("a/b1", "a/b2"), "b2", "b1")));
        assertEquals(reason.formatted("a/./b"), refusal(war("a/b", "a/./b")));
        assertEquals(reason.formatted("a/b"), refusal(war("a", "a/b")));
        assertEquals(reason.formatted("a"), refusal(war("a/b", "a")));
    }

    @Test
    void namesWithControlCharactersAreRefusedOrKeptAndNeverBreakALineOfTheLog() throws Exception {
        assertEquals(
                "WAR has an entry that no file can have: \"a\\u0000.txt\"",
                refusal(renamed(war("ab.txt"), "ab.txt", "a\0.txt")));
        assertEquals(
                "WAR has the entry \"../\\u000aERROR of nobody\", which leads out of its folder",
                refusal(war("../\nERROR of nobody")));
    }

    @Test
    void contentThatIsNotWhatTheChecksumSaysIsRefused() throws Exception {
        byte[] stored;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(0);
            zip.putNextEntry(new ZipEntry("WEB-INF/a.txt"));
            zip.write("the right text".getBytes(StandardCharsets.US_ASCII));
        }
        stored = bytes.toByteArray();
        assertEquals(
                "WAR cannot be unpacked, its entry \"WEB-INF/a.txt\" is broken: it is not what its"
                        + " checksum says",
                refusal(renamed(stored, "right", "wrong")));
    }

    @Test
    void bytesThatAreNoCompressedDataAreRefused() throws Exception {
        byte[] war = war("WEB-INF/a.txt");
        int data = new String(war, StandardCharsets.ISO_8859_1).indexOf("a.txt") + 5;
        Arrays.fill(war, data, data + 8, (byte) 0xff);
        assertContains(
                "WAR cannot be unpacked, its entry \"WEB-INF/a.txt\" is broken: ", refusal(war));
    }

    /** A link in an archive is a small file with a path in it; it is unpacked as that. */
    @Test
    void symbolicLinksAreNotMade() throws Exception {
        Path secret = Files.writeString(temp.resolve("secret.txt"), "secret");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("link.txt"));
            zip.write(secret.toString().getBytes(StandardCharsets.UTF_8));
        }
        byte[] war = bytes.toByteArray();
        int central = new String(war, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        // made by Unix; the upper half of the external attributes is the mode, here of a link
        war[central + 5] = 3;
        war[central + 40] = (byte) 0xff;
        war[central + 41] = (byte) 0xa1;
        deployer.deploy(Files.write(webapps.resolve("links.war"), war), AppName.of("/links"));
        assertEquals(secret.toString(), get("/links/link.txt"));
    }

    @Test
    void aLibraryThatIsNoJarIsRefused() throws Exception {
        String reason = refusal(war("WEB-INF/lib/a.jar"));
        assertContains("WEB-INF/lib/a.jar is no valid jar: ", reason);
    }

    /** The watcher sees such a change later, but until then nothing half may be served. */
    @Test
    void oneThatIsWrittenOverWhileItIsReadIsNeverDeployedWithAFileOfBoth() throws Exception {
        Path war = webapps.resolve("mixed.war");
        byte[] first = large('1');
        byte[] second = large('2');
        Files.write(war, first);
        Thread writer =
                Thread.ofPlatform()
                        .daemon()
                        .start(
                                () -> {
                                    Random random = new Random(7);
                                    while (!Thread.currentThread().isInterrupted()) {
                                        overwrite(war, random.nextBoolean() ? first : second);
                                    }
                                });
        int[] refused = {0};
        int[] deployed = {0};
        Await.until(
                () -> {
                    AppName name = AppName.of("/mixed");
                    try {
                        deployer.deploy(war, name);
                        deployed[0]++;
                        assertWhole();
                        deployer.undeploy(name);
                    } catch (DeploymentException e) {
                        refused[0]++;
                    }
                    return refused[0] >= 5 && refused[0] + deployed[0] >= 20;
                });
        writer.interrupt();
        writer.join();
        assertEquals("good", get("/good/a.txt"));
    }

    private void assertWhole() {
        try {
            for (int i = 0; i < 3; i++) {
                String text = get("/mixed/" + i + ".txt");
                assertEquals(LARGE, text.length());
                assertEquals(LARGE, text.chars().filter(c -> c == text.charAt(0)).count());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stored, so that both have the same length and each entry the same place. */
    private static byte[] large(char content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(0);
            for (int i = 0; i < 3; i++) {
                zip.putNextEntry(new ZipEntry(i + ".txt"));
                zip.write(
                        String.valueOf(content).repeat(LARGE).getBytes(StandardCharsets.US_ASCII));
            }
        }
        return bytes.toByteArray();
    }

    private static void overwrite(Path war, byte[] content) {
        try (RandomAccessFile file = new RandomAccessFile(war.toFile(), "rw")) {
            int piece = 64 << 10;
            for (int at = 0; at < content.length; at += piece) {
                file.write(content, at, Math.min(piece, content.length - at));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
