package dev.pounce.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.LaunchedServer;
import dev.pounce.testing.LoadClient;
import dev.pounce.testing.LoadClient.Outcome;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** SIGTERM to a launched server in the middle of its work, as its clients see it. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class ProcessDrainTest {
    private static final int CONNECTIONS = 64;
    private static final int BUSY = 1_000;

    @TempDir Path webapps;

    @Test
    void noAnswerIsCutAndNoConnectionResetAndTheStatusIsZero() throws Exception {
        new TestWebApp(webapps.resolve("ROOT"))
                .file("large.txt", "a line of a file that is sent in many chunks\n".repeat(20_000))
                .compile(
                        """
                        public class Handlers {
                            @Fused("/instant")
                            public String instant() {
                                return "instant";
                            }

                            @Fused(value = "/slow", blocking = true)
                            public String slow() throws InterruptedException {
                                Thread.sleep(20);
                                return "slow";
                            }
                        }
                        """);
        try (LaunchedServer server =
                new LaunchedServer(Main.class, webapps, "--enable-native-access=ALL-UNNAMED")) {
            Process process = server.process();
            int port = server.awaitPort();
            LoadClient clients =
                    new LoadClient(port, BUSY)
                            .start(CONNECTIONS, "/instant", "/slow", "/large.txt", "/instant");
            assertTrue(clients.awaitBusy(), clients::toString);

            server.send("TERM");

            clients.join();
            String log =
                    new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), log);
            assertEquals(List.of(), clients.failures(), () -> clients + " " + log);
            assertEquals(CONNECTIONS, clients.count(Outcome.REFUSED), clients::toString);
        }
    }

    @Test
    void whatDoesNotEndIsCutOffAndLoggedWithRouteAndAge() throws Exception {
        new TestWebApp(webapps.resolve("ROOT"))
                .compile(
                        """
                        public class Handlers {
                            private final Object never = new Object();

                            @Fused(value = "/blocking/{id}", blocking = true)
                            public String blocking() throws InterruptedException {
                                return forEver("blocking");
                            }

                            @Fused("/instant/{id}")
                            public String instant() throws InterruptedException {
                                return forEver("instant");
                            }

                            @Fused(value = "/collected", methods = "POST")
                            public String collected() {
                                return "";
                            }

                            private String forEver(String name) throws InterruptedException {
                                System.out.println(name);
                                synchronized (never) {
                                    while (true) never.wait();
                                }
                            }
                        }
                        """);
        try (LaunchedServer server =
                new LaunchedServer(
                        Main.class,
                        webapps,
                        List.of(),
                        Map.of("POUNCE_WORKERS", "1", "POUNCE_TIMEOUTS_SHUTDOWN", "100ms"),
                        "--enable-native-access=ALL-UNNAMED")) {
            Process process = server.process();
            int port = server.awaitPort();
            try (RawClient collected = new RawClient(port);
                    RawClient blocking = new RawClient(port);
                    RawClient instant = new RawClient(port)) {
                collected.send("POST /collected HTTP/1.1\nHost: h\nContent-Length: 9\n\nhalf");
                blocking.send("GET /blocking/a%20b HTTP/1.1\nHost: h\n\n");
                assertEquals("blocking", process.inputReader().readLine());
                instant.send("GET /instant/1?secret=2 HTTP/1.1\nHost: h\n\n");
                assertEquals("instant", process.inputReader().readLine());

                server.send("TERM");

                String log =
                        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
                assertEquals(0, process.waitFor(), log);
                List<String> cutOff =
                        log.lines()
                                .filter(line -> line.contains("cut off: "))
                                .map(line -> line.replaceFirst(".*cut off: ", ""))
                                .map(line -> line.replaceFirst("after \\d+ ms", "after a time"))
                                .sorted()
                                .toList();
                assertEquals(
                        List.of(
                                "GET /blocking/a%20b (app.Handlers.blocking) after a time",
                                "GET /instant/1 (app.Handlers.instant) after a time",
                                "POST /collected (app.Handlers.collected) after a time, in its"
                                        + " content"),
                        cutOff,
                        log);
                for (RawClient each : List.of(collected, blocking, instant)) {
                    assertThrows(SocketException.class, each::readToEnd, "a reset");
                }
            }
        }
    }
}
