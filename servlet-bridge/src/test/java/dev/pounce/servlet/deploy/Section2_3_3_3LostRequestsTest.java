package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.testing.Await;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asynchronous requests that cannot go on: their clients vanish, or their application stops. */
@Timeout(60)
class Section2_3_3_3LostRequestsTest {
    private static final String ASYNC =
            """
            @WebServlet(urlPatterns = "/async/*", asyncSupported = true)
            public class Async extends HttpServlet {
                static final StringBuffer TOLD = new StringBuffer();
                static final java.util.concurrent.atomic.AtomicInteger WAITING = new java.util.concurrent.atomic.AtomicInteger();
                static class Tell implements AsyncListener {
                    public void onComplete(AsyncEvent e) { TOLD.append("complete "); }
                    public void onTimeout(AsyncEvent e) { TOLD.append("timeout "); }
                    public void onError(AsyncEvent e) { TOLD.append("error:" + e.getThrowable().getClass().getSimpleName() + " "); }
                    public void onStartAsync(AsyncEvent e) {}
                }
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    if (q.getPathInfo().equals("/told")) { r.getWriter().print(TOLD); return; }
                    if (q.getPathInfo().equals("/waiting")) { r.getWriter().print(WAITING); return; }
                    AsyncContext c = q.startAsync();
                    c.setTimeout(q.getPathInfo().equals("/late") ? 1 : 0);
                    c.addListener(new Tell());
                    switch (q.getPathInfo()) {
                        case "/stream" -> { r.setContentType("text/event-stream"); r.flushBuffer();
                            c.start(() -> {
                                byte[] piece = new byte[64 << 10];
                                try { while (true) { c.getResponse().getOutputStream().write(piece); c.getResponse().flushBuffer(); } }
                                catch (IOException e) { TOLD.append("thrown "); } }); }
                        case "/print" -> { r.setContentType("text/event-stream"); r.flushBuffer();
                            c.start(() -> {
                                try { PrintWriter w = c.getResponse().getWriter(); while (!w.checkError()) w.print("x".repeat(64 << 10)); TOLD.append("thrown "); }
                                catch (IOException e) { throw new UncheckedIOException(e); } }); }
                        case "/begun" -> { r.getWriter().print("begun"); r.flushBuffer(); }
                        case "/late" -> r.getOutputStream().setWriteListener(new WriteListener() {
                            public void onWritePossible() throws IOException { r.getOutputStream().write("of the listener".getBytes()); }
                            public void onError(Throwable t) {} });
                        default -> {}
                    }
                    WAITING.incrementAndGet();
                }
            }
            """;
    private static final String ENDS =
            """
            @WebListener
            public class Ends implements ServletContextListener {
                public void contextDestroyed(ServletContextEvent e) {
                    System.setProperty("pounce.test.lost", Async.TOLD.toString());
                    throw new AssertionError("at the end");
                }
            }
            """;

    @TempDir Path folder;
    private DeployedApp app;

    private void deploy(ServerConfig config) throws Exception {
        app = DeployedApp.start(DeployedApp.webapp(folder.resolve("app"), ASYNC, ENDS), config);
    }

    @AfterEach
    void stop() throws Exception {
        app.close();
    }

    private void assertListenersHear(String path) throws Exception {
        deploy(ServerConfig.defaults());
        try (RawClient client = app.connect()) {
            client.send("GET /app" + path + " HTTP/1.1\nHost: h\n\n").readHead();
            client.socket().setSoLinger(true, 0);
        }
        Await.until(() -> app.content("/async/told").contains("complete "));
        Await.until(() -> app.content("/async/told").contains("thrown "));
        String told = app.content("/async/told").replace("thrown ", "");
        assertEquals("error:ClientGoneException complete ", told);
    }

    @Test
    void listenersHearOfAClientThatAThreadOfTheApplicationFindsGone() throws Exception {
        assertListenersHear("/async/stream");
    }

    @Test
    void alsoWhereAWriterKeepsTheExceptionToItself() throws Exception {
        assertListenersHear("/async/print");
    }

    @Test
    void requestsThatWaitEndWithTheirApplication() throws Exception {
        deploy(ServerConfig.defaults().with("timeouts.undeploy", "1ms"));
        List<RawClient> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RawClient client = app.connect();
            waiting.add(client);
            client.send(
                    "GET /app/async/"
                            + (i % 2 == 0 ? "wait" : "begun")
                            + " HTTP/1.1\nHost: h\nConnection: close\n\n");
            if (i % 2 == 1) {
                assertTrue(client.readHead().startsWith("HTTP/1.1 200 "));
            }
        }
        Await.until(() -> app.content("/async/waiting").equals("20"));
        app.server().undeploy("/app");
        String told = System.getProperty("pounce.test.lost");
        assertEquals(20, told.split("error:UnavailableException ", -1).length - 1, told);
        assertEquals(20, told.split("complete ", -1).length - 1, told);
        for (int i = 0; i < 20; i++) {
            try (RawClient client = waiting.get(i)) {
                if (i % 2 == 0) {
                    String answer = client.readToEnd();
                    assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
                } else {
                    assertThrows(IOException.class, client::readToEnd);
                }
            }
        }
    }

    @Test
    void anErrorPageHasNothingOfWhatAWriteListenerWrote() throws Exception {
        deploy(ServerConfig.defaults());
        String answer = app.get("/async/late");
        assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
        assertTrue(!answer.contains("of the listener"), answer);
        assertTrue(answer.contains("The answer took too long."), answer);
    }
}
