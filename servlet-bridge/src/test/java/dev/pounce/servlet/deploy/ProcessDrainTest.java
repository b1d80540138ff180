package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pounce.launcher.Main;
import dev.pounce.testing.ChunkedInput;
import dev.pounce.testing.LaunchedServer;
import dev.pounce.testing.LoadClient;
import dev.pounce.testing.LoadClient.Outcome;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** SIGTERM to a launched server whose servlets are slow, stream, or answer asynchronously. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class ProcessDrainTest {
    private static final int CONNECTIONS = 64;
    private static final int STREAMS = 8;
    private static final int BUSY = 1_000;
    private static final String EVENT = "data: an event\n\n";
    private static final String SLOW =
            """
            @WebServlet("/slow")
            public class Slow extends HttpServlet {
                protected void doGet(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    r.getWriter().print("slow");
                    r.getWriter().flush();
                    try { Thread.sleep(20); } catch (InterruptedException e) { throw new IOException(e); }
                    r.getWriter().print("ly");
                }
            }
            """;
    private static final String STREAMED =
            """
            @WebServlet("/streamed")
            public class Streamed extends HttpServlet {
                protected void doGet(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    for (int i = 0; i < 200; i++) {
                        r.getOutputStream().write(new byte[5000]);
                        r.flushBuffer();
                    }
                }
            }
            """;
    private static final String ASYNC =
            """
            @WebServlet(urlPatterns = "/async", asyncSupported = true)
            public class Later extends HttpServlet {
                private final java.util.Timer timer = new java.util.Timer(true);
                protected void doGet(HttpServletRequest q, HttpServletResponse r) {
                    if (q.getDispatcherType() == DispatcherType.ASYNC) {
                        r.setHeader("Content-Length", "5");
                        try { r.getWriter().print("later"); } catch (IOException e) { throw new UncheckedIOException(e); }
                        return;
                    }
                    AsyncContext c = q.startAsync();
                    timer.schedule(new TimerTask() { public void run() { c.dispatch(); } }, 20);
                }
            }
            """;
    private static final String EVENTS =
            """
            @WebServlet("/events")
            public class Events extends HttpServlet {
                protected void doGet(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    r.setContentType("text/event-stream");
                    dev.pounce.api.Drain drain = (dev.pounce.api.Drain) getServletContext().getAttribute(dev.pounce.api.Drain.ATTRIBUTE);
                    drain.addListener(() -> System.out.println("told"));
                    while (true) {
                        r.getWriter().print("data: an event\\n\\n");
                        r.flushBuffer();
                        try { Thread.sleep(5); } catch (InterruptedException e) { throw new IOException(e); }
                    }
                }
            }
            """;

    @TempDir Path webapps;

    @Test
    void noAnswerIsCutAndNoConnectionReset() throws Exception {
        DeployedApp.webapp(webapps.resolve("ROOT"), SLOW, STREAMED, ASYNC, EVENTS);
        try (LaunchedServer server =
                new LaunchedServer(Main.class, webapps, "--enable-native-access=ALL-UNNAMED")) {
            Process process = server.process();
            int port = server.awaitPort();
            List<RawClient> streams = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                RawClient stream = new RawClient(port);
                streams.add(stream);
                stream.send("GET /events HTTP/1.1\nHost: h\n\n").readHead();
            }
            LoadClient clients =
                    new LoadClient(port, BUSY)
                            .start(CONNECTIONS, "/slow", "/streamed", "/async", "/async");
            assertTrue(clients.awaitBusy(), clients::toString);

            server.send("TERM");

            for (RawClient stream : streams) {
                String events = new String(new ChunkedInput(stream).readAllBytes(), UTF_8);
                assertEquals(EVENT.repeat(events.length() / EVENT.length()), events);
                assertTrue(events.startsWith(EVENT), events);
                assertEquals("", stream.readToEnd());
                stream.close();
            }
            clients.join();
            String log = new String(process.getErrorStream().readAllBytes(), UTF_8);
            assertEquals(0, process.waitFor(), log);
            assertEquals(List.of(), clients.failures(), () -> clients + " " + log);
            assertEquals(CONNECTIONS, clients.count(Outcome.REFUSED), clients::toString);
            assertEquals(STREAMS, process.inputReader().lines().filter("told"::equals).count());
            assertTrue(!log.contains("cut off"), log);
        }
    }
}
