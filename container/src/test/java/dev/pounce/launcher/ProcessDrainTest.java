package dev.pounce.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.LoadClient;
import dev.pounce.testing.LoadClient.Outcome;
import dev.pounce.testing.TestWebApp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

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
            String banner = process.inputReader().readLine();
            int port = Integer.parseInt(banner.replaceFirst(".*:(\\d+)/: /$", "$1"));
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
}
