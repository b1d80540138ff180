package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** What applications add to Server-Timing, in their own class loader. */
class ServerTimingTest {
    @TempDir Path folder;

    private DeployedApp deploy(String mode) throws Exception {
        return DeployedApp.start(
                DeployedApp.webapp(
                        folder,
                        """
                        import dev.pounce.api.ServerTiming;
                        import java.time.Duration;

                        @WebServlet("/timed")
                        public class Timed extends HttpServlet {
                            @Override
                            protected void doGet(HttpServletRequest request, HttpServletResponse r)
                                    throws IOException {
                                ServerTiming timing =
                                        (ServerTiming) request.getAttribute(ServerTiming.ATTRIBUTE);
                                timing.add("db", Duration.ofMillis(53), "two queries");
                                r.setHeader("Names", Collections.list(request.getAttributeNames()).toString());
                                r.setHeader("Sent", "" + timing.isSent());
                                r.getWriter().print("first");
                                r.flushBuffer();
                                timing.add("late", "by \\"name\\"");
                                r.getWriter().print("second");
                            }
                        }
                        """,
                        """
                        import dev.pounce.api.*;

                        public class Handlers {
                            @Fused("/behind/filter")
                            public String behind(FusedRequest request) {
                                return answer(request);
                            }

                            @Fused("/front")
                            public String front(FusedRequest request) {
                                return answer(request);
                            }

                            private static String answer(FusedRequest request) {
                                request.serverTiming().add("cache", "miss");
                                return "" + request.serverTiming().isSent();
                            }
                        }
                        """,
                        """
                        @WebFilter("/behind/*")
                        public class Through extends HttpFilter {}
                        """),
                ServerConfig.defaults().with("server_timing", mode));
    }

    private static List<String> timings(String answer) {
        return answer.lines()
                .filter(line -> line.startsWith("Server-Timing: "))
                .map(line -> line.replaceAll("dur=\\d+\\.\\d{3}", "dur=T"))
                .map(line -> line.replaceFirst("queue;dur=T, ", ""))
                .toList();
    }

    @Test
    void ofAServletGoesIntoTheHeadAndTheTrailer() throws Exception {
        try (DeployedApp app = deploy("on")) {
            String answer = app.send("GET", "/timed", "TE: trailers\n", "");
            assertEquals(
                    List.of(
                            "Server-Timing: parse;dur=T, db;dur=T;desc=\"two queries\"",
                            "Server-Timing: app;dur=T, encode;dur=T,"
                                    + " late;desc=\"by \\\"name\\\"\""),
                    timings(answer));
            assertTrue(answer.contains(" db;dur=53.000;"), answer);
            assertTrue(answer.contains("\nNames: []\n"), answer);
            assertTrue(answer.contains("\nSent: true\n"), answer);
        }
    }

    @Test
    void ofAFusedHandlerIsTheSameBehindAFilter() throws Exception {
        try (DeployedApp app = deploy("on")) {
            for (String path : List.of("/front", "/behind/filter")) {
                String answer = app.get(path);
                assertEquals(
                        List.of(
                                "Server-Timing: parse;dur=T, app;dur=T, encode;dur=T,"
                                        + " cache;desc=\"miss\""),
                        timings(answer));
                assertTrue(answer.endsWith("\ntrue"), answer);
            }
        }
    }

    @Test
    void whenItIsOffNothingIsSent() throws Exception {
        try (DeployedApp app = deploy("off")) {
            for (String path : List.of("/front", "/behind/filter", "/timed")) {
                assertEquals(List.of(), timings(app.send("GET", path, "TE: trailers\n", "")));
            }
            assertTrue(app.get("/timed").contains("\nSent: false\n"));
        }
    }
}
