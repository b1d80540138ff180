package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;

/** What servlets do, they do on a worker as on a virtual thread. */
class InPlaceTest {
    private static final String SERVLET =
            """
            @WebServlet(urlPatterns = "/s/*", asyncSupported = true)
            @MultipartConfig
            public class Some extends HttpServlet {
                static volatile HttpServletRequest kept;
                static volatile HttpServletResponse keptResponse;
                protected void service(HttpServletRequest q, HttpServletResponse r)
                        throws IOException, ServletException {
                    r.setContentType("text/plain");
                    PrintWriter w = r.getWriter();
                    String thread = Thread.currentThread().isVirtual() ? "virtual" : "worker";
                    switch (q.getPathInfo()) {
                        case "/thread" -> w.print(thread);
                        case "/content" -> w.print(thread + " " + q.getReader().readLine());
                        case "/count" -> {
                            HttpSession s = q.getSession();
                            Integer n = (Integer) s.getAttribute("n");
                            s.setAttribute("n", n == null ? 1 : n + 1);
                            w.print(thread + " " + s.getAttribute("n"));
                        }
                        case "/error" -> r.sendError(410);
                        case "/forward" -> q.getRequestDispatcher("/s/thread").forward(q, r);
                        case "/flush" -> { w.print("a"); w.flush(); w.print("b"); }
                        case "/async" -> {
                            AsyncContext c = q.startAsync();
                            c.start(() -> {
                                w.print(thread + " " + q.getHeader("X-Kept") + " " + q.getQueryString());
                                c.complete();
                            });
                        }
                        case "/dispatch" -> q.startAsync().dispatch("/s/thread");
                        case "/part" -> {
                            try (InputStream in = q.getPart("p").getInputStream()) {
                                w.print(thread + " " + new String(in.readAllBytes()));
                            }
                        }
                        case "/keep" -> { kept = q; keptResponse = r; w.print("kept"); }
                        case "/misuse" -> {
                            String got = "";
                            try { got += kept.getHeader("X-Secret"); } catch (IllegalStateException e) { got += "refused"; }
                            try { got += kept.getQueryString(); } catch (IllegalStateException e) { got += "refused"; }
                            try { kept.getSession(); got += " session"; } catch (IllegalStateException e) { got += " refused"; }
                            keptResponse.setHeader("X-Stray", "stray");
                            keptResponse.setStatus(500);
                            keptResponse.setContentType("text/stray");
                            keptResponse.addCookie(new Cookie("stray", "stray"));
                            try { keptResponse.reset(); got += " reset"; } catch (IllegalStateException e) { got += " refused"; }
                            try { keptResponse.sendError(500); got += " sent"; } catch (IllegalStateException e) { got += " refused"; }
                            keptResponse.getWriter().print("stray");
                            keptResponse.getWriter().flush();
                            keptResponse.flushBuffer();
                            w.print(got + " " + keptResponse.getHeader("X-Own"));
                            r.setHeader("X-Own", "own");
                            w.print(" " + keptResponse.getHeader("X-Own"));
                        }
                        default -> r.sendError(404);
                    }
                }
            }
            """;

    @TempDir Path folder;

    private DeployedApp start(boolean takeOver) throws Exception {
        ServerConfig config =
                ServerConfig.defaults()
                        .with("take_over.enabled", Boolean.toString(takeOver))
                        .with("take_over.after", "1m");
        return DeployedApp.start(DeployedApp.webapp(folder, SERVLET), config);
    }

    private static String content(RawClient client) throws Exception {
        String head = client.readHead();
        return client.read(
                Integer.parseInt(head.replaceAll("(?s).*\nContent-Length: (\\d+)\n.*", "$1")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyKindOfAnswerIsTheSame(boolean takeOver) throws Exception {
        String on = takeOver ? "worker" : "virtual";
        try (DeployedApp app = start(takeOver);
                RawClient client = app.connect()) {
            assertEquals(on, app.content("/s/thread"));
            assertTrue(app.send("POST", "/s/content", "", "text").endsWith("\n\n" + on + " text"));
            assertEquals(on, app.content("/s/forward"));
            assertEquals(on + " null x=y", app.content("/s/async?x=y"));
            assertTrue(app.get("/s/flush").endsWith("\n1\na\n1\nb\n0\n\n"), app.get("/s/flush"));
            assertTrue(app.get("/s/error").startsWith("HTTP/1.1 410 "));
            String part =
                    """
                    --b
                    Content-Disposition: form-data; name=p

                    part
                    --b--
                    """
                            .replace("\n", "\r\n");
            String type = "Content-Type: multipart/form-data; boundary=b\n";
            assertTrue(app.send("POST", "/s/part", type, part).endsWith("\n\n" + on + " part"));
            // a dispatch that is asked for before the first one has returned needs no other thread
            assertEquals(on, app.content("/s/dispatch"));

            String get = "GET /app/s/%s HTTP/1.1\nHost: h\nX-Kept: %s\n\n";
            client.send(get.formatted("count", 1));
            String head = client.readHead();
            client.read((on + " 1").length());
            String cookie = head.replaceAll("(?s).*\nSet-Cookie: ([^;\n]+).*", "$1");
            StringBuilder requests = new StringBuilder();
            for (int i = 2; i < 40; i++) {
                requests.append(
                        get.formatted(
                                i % 5 == 0 ? "async?" + i : "count", i + "\nCookie: " + cookie));
            }
            client.send(requests.toString());
            int counted = 1;
            for (int i = 2; i < 40; i++) {
                assertEquals(
                        i % 5 == 0 ? on + " " + i + " " + i : on + " " + ++counted,
                        content(client));
            }
        }
    }

    /** The objects behind a request are used again; those that an application has kept are not. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRequestThatHasEndedNeitherSeesNorChangesTheNext(boolean takeOver) throws Exception {
        try (DeployedApp app = start(takeOver);
                RawClient client = app.connect()) {
            for (int i = 0; i < 2; i++) {
                client.send("GET /app/s/keep?%d HTTP/1.1\nHost: h\n\n".formatted(i));
                assertEquals("kept", content(client));
                client.send("GET /app/s/misuse?x HTTP/1.1\nHost: h\nX-Secret: secret\n\n");
                String head = client.readHead();
                assertEquals(
                        """
                        HTTP/1.1 200 OK
                        Content-Type: text/plain;charset=ISO-8859-1
                        X-Own: own
                        Vary: Accept-Encoding
                        """,
                        head.replaceAll("Content-Length: \\d+\n\n", ""));
                String expected = "refused" + i + " refused refused refused null null";
                assertEquals(expected, client.read(expected.length()));
            }
        }
    }
}
