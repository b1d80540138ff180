package dev.pounce.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pounce.launcher.Main;
import dev.pounce.testing.LaunchedServer;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the kernel is asked for, as strace sees it: one call for each flush. */
@Timeout(120)
class SystemCallsTest {
    private static final Path WEBAPPS = Path.of(System.getProperty("pounce.root"), "webapps");
    private static final int EVENTS = 20;

    @TempDir Path folder;

    /** The sending calls to sockets while a client reads the event stream. */
    private List<String> calls(String coding) throws Exception {
        Path strace = Tools.find("strace").orElse(null);
        assumeTrue(strace != null, "strace is not installed");
        Path trace = folder.resolve("trace");
        try (LaunchedServer server =
                new LaunchedServer(Main.class, WEBAPPS, "--enable-native-access=ALL-UNNAMED")) {
            int port = server.awaitPort();
            Process tracing =
                    new ProcessBuilder(
                                    strace.toString(),
                                    "-f",
                                    "-y",
                                    "-s",
                                    "4096",
                                    "-e",
                                    "trace=write,writev,sendto,sendmsg,sendfile",
                                    "-o",
                                    trace.toString(),
                                    "-p",
                                    Long.toString(server.process().pid()))
                            .start();
            try {
                awaitAttached(tracing);
                readEvents(port, coding);
            } finally {
                tracing.destroy();
            }
            assertTrue(tracing.waitFor(20, TimeUnit.SECONDS), "strace does not end");
        }
        try (Stream<String> lines = Files.lines(trace, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.matches("\\d+ +\\w+\\(\\d+<(socket|TCP).*")).toList();
        }
    }

    private static void awaitAttached(Process tracing) throws IOException {
        BufferedReader said = tracing.errorReader();
        String line = said.readLine();
        assumeTrue(
                line != null && line.contains("attached"),
                "strace may not attach to a process here: " + line);
    }

    private static void readEvents(int port, String coding) throws IOException {
        try (RawClient client = new RawClient(port)) {
            String answer =
                    client.send(
                                    """
                                    GET /servlet/events?count=%d&millis=0 HTTP/1.1
                                    Host: h
                                    Connection: close
                                    Accept-Encoding: %s

                                    """
                                            .formatted(EVENTS, coding))
                            .readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 200 OK\n"), answer);
            assertTrue(answer.endsWith("\n0\n\n"), answer);
        }
    }

    /** The events, the one that says that these were all, and the last chunk. */
    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip", "zstd"})
    void eachFlushIsOneCallAndTheHeadLeavesWithTheFirst(String coding) throws Exception {
        List<String> calls = calls(coding);
        assertEquals(EVENTS + 2, calls.size(), String.join("\n", calls));
        assertTrue(calls.getFirst().contains("\"HTTP/1.1 200 OK\\r\\n"), calls.getFirst());
        assertTrue(
                calls.getFirst().matches(".*Transfer-Encoding: chunked.*\\\\r\\\\n\\\\r\\\\n.+"),
                calls.getFirst());
        assertTrue(calls.getLast().contains("0\\r\\n\\r\\n\", "), calls.getLast());
        if (coding.equals("identity")) {
            for (int i = 1; i <= EVENTS; i++) {
                String call = calls.get(i - 1);
                assertTrue(call.contains("id: " + i + "\\ndata: event " + i + " at "), call);
            }
        }
    }
}
