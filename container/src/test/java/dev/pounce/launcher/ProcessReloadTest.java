package dev.pounce.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.LaunchedServer;
import dev.pounce.testing.LoadClient;
import dev.pounce.testing.LoadClient.Outcome;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** SIGHUP to a launched server. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ProcessReloadTest {
    private static final String REQUEST = "GET / HTTP/1.1\nHost: h\nConnection: close\n\n";

    @TempDir Path base;

    private Path file;
    private LaunchedServer server;
    private BufferedReader log;
    private int port;

    @BeforeEach
    void addApp() throws IOException {
        file = Files.createDirectories(base.resolve("conf")).resolve("pounce.yaml");
        new TestWebApp(base.resolve("webapps/ROOT"))
                .file("index.html", "a page\n".repeat(200))
                .compile(
                        """
                        public class Handlers {
                            @Fused("/instant")
                            public String instant() {
                                return "instant";
                            }
                        }
                        """);
    }

    private void start(String yaml, String background) throws IOException {
        Files.writeString(file, yaml);
        server =
                new LaunchedServer(
                        Main.class,
                        base.resolve("webapps"),
                        List.of(),
                        Map.of("POUNCE_BASE", base.toString(), "POUNCE_BACKGROUND", background),
                        "--enable-native-access=ALL-UNNAMED");
        log = server.process().errorReader();
        port = server.awaitPort();
    }

    @AfterEach
    void end() {
        server.close();
    }

    /** What is logged of a reload, without time and thread, up to a line that contains a text. */
    private List<String> reload(String yaml, String last) throws Exception {
        Files.writeString(file, yaml);
        server.send("HUP");
        List<String> lines = new ArrayList<>();
        while (lines.isEmpty() || !lines.getLast().contains(last)) {
            String line = log.readLine();
            assertNotNull(line, lines::toString);
            if (line.contains("reload: ")) {
                lines.add(
                        line.replaceFirst(".*(WARN|INFO|ERROR) .*reload: ", "$1 ")
                                .replace(base.toString(), "BASE"));
            }
        }
        return lines;
    }

    private String answer() throws IOException {
        try (RawClient client = new RawClient(port)) {
            return client.send(REQUEST).readToEnd();
        }
    }

    @Test
    void newValuesAreInForceAndNoRequestIsLost() throws Exception {
        start("", "1");
        LoadClient clients = new LoadClient(port, 2_000).start(16, "/instant", "/index.html");
        assertEquals(
                List.of(
                        "INFO server_timing: off -> on (BASE/conf/pounce.yaml:2:16)",
                        "INFO server_timing_debug: (a secret) -> (a secret)"
                                + " (BASE/conf/pounce.yaml:3:22)",
                        "INFO compression.gzip.level: 5 -> 6 (BASE/conf/pounce.yaml:5:17)",
                        "WARN workers: 0 -> 3 (BASE/conf/pounce.yaml:1:10) waits for a restart"),
                reload(
                        """
                        workers: 3
                        server_timing: on
                        server_timing_debug: nobody-may-read-this
                        compression:
                          gzip: {level: 6}
                        """,
                        "workers"));
        assertTrue(answer().contains("Server-Timing: "));
        reload("{}", "compression.gzip.level");
        assertFalse(answer().contains("Server-Timing: "));
        assertTrue(clients.awaitBusy(), clients::toString);

        server.send("TERM");

        clients.join();
        assertEquals(0, server.process().waitFor());
        assertEquals(List.of(), clients.failures(), clients::toString);
        assertEquals(16, clients.count(Outcome.REFUSED), clients::toString);
    }

    @Test
    void aMistakeIsLoggedWithItsPlaceAndTheOldConfigurationGoesOn() throws Exception {
        start("server_timing: on\n", "1");
        assertEquals(
                List.of(
                        "ERROR BASE/conf/pounce.yaml:2:1: server_timig: unknown setting; did you"
                                + " mean server_timing?",
                        "ERROR BASE/conf/pounce.yaml:3:10: backlog: \"none\" is not an integer"
                                + " from 1 to 65535",
                        "ERROR nothing was changed, the configuration before stays in force"),
                reload(
                        """
                        # two mistakes
                        server_timig: off
                        backlog: none
                        """,
                        "nothing was changed"));
        assertTrue(answer().contains("Server-Timing: "));
        assertEquals(
                List.of(
                        "ERROR BASE/conf/pounce.yaml:1:22: compression.types: \"text\" is no media"
                                + " type pattern: write type/subtype, where either may be * and"
                                + " the subtype may be *+suffix, such as text/* or */*+json",
                        "ERROR nothing was changed, the configuration before stays in force"),
                reload("compression: {types: [text]}\n", "nothing was changed"));
        assertTrue(answer().contains("Server-Timing: "));
    }

    @Test
    void inTheForegroundTheSignalKeepsItsMeaning() throws Exception {
        start("", "0");
        server.send("HUP");
        assertEquals(128 + 1, server.process().waitFor());
    }
}
