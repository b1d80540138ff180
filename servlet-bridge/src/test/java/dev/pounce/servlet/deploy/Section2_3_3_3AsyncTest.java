package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Servlet specification, section 2.3.3.3: asynchronous processing. */
class Section2_3_3_3AsyncTest {
    private static final String SERVLET =
            """
            @WebServlet(urlPatterns = "/a/*", asyncSupported = true)
            public class Async extends HttpServlet {
                public static final StringBuffer TOLD = new StringBuffer();
                public static final List<AsyncContext> HELD = Collections.synchronizedList(new ArrayList<>());
                static class Tell implements AsyncListener {
                    final String how; Tell(String how) { this.how = how; }
                    void say(AsyncEvent e, String what) throws IOException {
                        e.getAsyncContext().getResponse().getWriter().print(what + " ");
                    }
                    public void onComplete(AsyncEvent e) throws IOException { say(e, "completed"); }
                    public void onTimeout(AsyncEvent e) throws IOException {
                        say(e, "timeout");
                        if (how.equals("complete")) e.getAsyncContext().complete();
                        if (how.equals("dispatch")) e.getAsyncContext().dispatch("/a/end");
                    }
                    public void onError(AsyncEvent e) throws IOException {
                        say(e, "error:" + e.getThrowable().getMessage());
                        if (how.equals("complete")) e.getAsyncContext().complete();
                    }
                    public void onStartAsync(AsyncEvent e) throws IOException { say(e, "again"); }
                }
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    PrintWriter w = r.getWriter();
                    w.print(q.getDispatcherType() + " ");
                    if (q.getPathInfo().equals("/end")) {
                        w.print("end " + q.getAttribute("jakarta.servlet.async.path_info") + " " + q.getQueryString() + " " + q.isAsyncStarted());
                        return;
                    }
                    if (q.getDispatcherType() == DispatcherType.ASYNC) {
                        if (q.getAttribute("round") == null) {
                            q.setAttribute("round", "2");
                            AsyncContext c = q.startAsync();
                            c.complete();
                        }
                        return;
                    }
                    if (q.getPathInfo().equals("/originals")) {
                        AsyncContext own = q.startAsync(q, r);
                        w.print(own.hasOriginalRequestAndResponse());
                        own.complete();
                        return;
                    }
                    AsyncContext c = q.startAsync();
                    w.print(q.isAsyncStarted() + " ");
                    switch (q.getPathInfo()) {
                        case "/complete" -> c.start(() -> { w.print("thread"); c.complete(); });
                        case "/at-once" -> { w.print("here"); c.complete(); w.print(" " + q.isAsyncStarted()); }
                        case "/dispatch" -> c.start(() -> c.dispatch("/a/end?x=y"));
                        case "/self" -> { c.addListener(new Tell("")); c.dispatch(); }
                        case "/timeout" -> { c.setTimeout(20); c.addListener(new Tell(q.getParameter("how"))); }
                        case "/forwarded" -> c.dispatch("/a/end");
                        case "/late-end" -> { c.setTimeout(20); r.flushBuffer(); c.addListener(new Tell("") {
                            void say(AsyncEvent e, String what) { TOLD.append(what).append(' '); } }); }
                        case "/silent" -> c.setTimeout(20);
                        case "/throw" -> { c.addListener(new Tell(q.getParameter("how"))); throw new IllegalStateException("thrown"); }
                        case "/hold" -> { c.setTimeout(0); HELD.add(c); }
                        case "/twice" -> { try { q.startAsync(); } catch (IllegalStateException e) { w.print("refused"); } c.complete(); }
                        case "/after" -> { c.complete();
                            try { c.dispatch(); } catch (IllegalStateException e) { w.print("no-dispatch "); }
                            try { c.getRequest(); } catch (IllegalStateException e) { w.print("no-request"); } }
                        case "/race" -> { c.setTimeout(1);
                            c.addListener(new Tell("complete") { void say(AsyncEvent e, String what) {} });
                            for (int i = 0; i < 3; i++) { int n = i;
                                c.start(() -> { try { if (n == 0) c.dispatch("/a/end"); else c.complete(); } catch (IllegalStateException e) { } }); } }
                        default -> c.complete();
                    }
                }
            }
            """;
    private static final String PLAIN =
            """
            @WebServlet("/plain")
            public class Plain extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    if (q.getParameter("threads") != null) {
                        java.nio.file.Path dump = java.nio.file.Path.of(q.getParameter("threads"), "threads.txt");
                        java.lang.management.ManagementFactory.getPlatformMXBean(com.sun.management.HotSpotDiagnosticMXBean.class)
                            .dumpThreads(dump.toString(), com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
                        // its own is one of them
                        r.getWriter().print(java.nio.file.Files.readAllLines(dump).stream().filter(l -> l.contains("\\"pounce-exchange\\"")).count());
                        return;
                    }
                    if (q.getParameter("told") != null) {
                        r.getWriter().print(Async.TOLD);
                        return;
                    }
                    if (q.getParameter("held") != null) {
                        r.getWriter().print(Async.HELD.size());
                        return;
                    }
                    if (q.getParameter("release") != null) {
                        for (AsyncContext c : Async.HELD) { c.getResponse().getWriter().print("released"); c.complete(); }
                        return;
                    }
                    try { q.startAsync(); }
                    catch (IllegalStateException e) { r.getWriter().print("not supported " + q.isAsyncSupported()); }
                }
            }
            """;

    private static final String FORWARD =
            """
            @WebServlet(urlPatterns = "/forward", asyncSupported = true)
            public class Forward extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                    q.getRequestDispatcher("/a/forwarded").forward(q, r);
                }
            }
            """;

    @TempDir Path folder;
    private DeployedApp app;

    @BeforeEach
    void deploy() throws Exception {
        app = DeployedApp.start(DeployedApp.webapp(folder.resolve("app"), SERVLET, PLAIN, FORWARD));
    }

    @AfterEach
    void stop() throws Exception {
        app.close();
    }

    @Test
    void anotherThreadCompletesTheResponse() throws Exception {
        assertEquals("REQUEST true thread", app.content("/a/complete"));
    }

    @Test
    void completedInsideTheDispatchItEndsWhenThatReturns() throws Exception {
        assertEquals("REQUEST true here true", app.content("/a/at-once"));
    }

    @Test
    void aDispatchRunsItsTargetAndTellsWhereTheRequestCameFrom() throws Exception {
        assertEquals("REQUEST true ASYNC end /dispatch x=y false", app.content("/a/dispatch"));
    }

    @Test
    void aDispatchWithoutAPathGoesBackAndCanStartAgain() throws Exception {
        assertEquals("REQUEST true ASYNC again ", app.content("/a/self"));
    }

    @Test
    void listenersToATimeoutSayHowItGoesOn() throws Exception {
        assertEquals("REQUEST true timeout completed ", app.content("/a/timeout?how=complete"));
        assertEquals(
                "REQUEST true timeout ASYNC end /timeout how=dispatch falsecompleted ",
                app.content("/a/timeout?how=dispatch"));
    }

    @Test
    void aTimeoutThatNobodyMindsIsAnError() throws Exception {
        String answer = app.get("/a/silent");
        assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
        assertTrue(app.get("/a/timeout?how=nothing").startsWith("HTTP/1.1 500 "));
    }

    @Test
    void listenersHearOfAFailure() throws Exception {
        assertEquals("REQUEST true error:thrown completed ", app.content("/a/throw?how=complete"));
        String answer = app.get("/a/throw?how=nothing");
        assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
    }

    @Test
    void aForwardToWhoDispatchesAtOnceLeavesTheResponseOpen() throws Exception {
        assertEquals("REQUEST true ASYNC end /forwarded null false", app.content("/a/forwarded"));
        String forwarded = app.content("/forward");
        assertTrue(forwarded.startsWith("FORWARD true ASYNC end "), forwarded);
    }

    @Test
    void listenersHearOfABadEndToo() throws Exception {
        assertThrows(SocketException.class, () -> app.get("/a/late-end"), "it ends visibly");
        String told = app.content("/plain?told");
        while (!told.contains("completed")) {
            Thread.onSpinWait();
            told = app.content("/plain?told");
        }
        assertEquals("timeout completed ", told);
    }

    @Test
    void theOriginalsHandedOnAreStillTheOriginals() throws Exception {
        assertEquals("REQUEST true", app.content("/a/originals"));
    }

    @Test
    void whatHasNoPlaceIsRefused() throws Exception {
        assertEquals("REQUEST true refused", app.content("/a/twice"));
        assertEquals("REQUEST true no-dispatch no-request", app.content("/a/after"));
        assertEquals("not supported false", app.content("/plain"));
    }

    @Test
    void openRequestsHoldNoThread() throws Exception {
        int count = 200;
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                clients.add(
                        app.connect()
                                .send(
                                        """
                                        GET /app/a/hold HTTP/1.1
                                        Host: h
                                        Connection: close

                                        """));
            }
            while (!app.content("/plain?held").equals(Integer.toString(count))) {
                Thread.onSpinWait();
            }
            int threads = Integer.parseInt(app.content("/plain?threads=" + folder));
            assertTrue(threads <= 1, threads + " threads, of which one may be this request's");
            app.content("/plain?release");
            for (RawClient each : clients) {
                assertTrue(each.readToEnd().endsWith("REQUEST true released"));
            }
        } finally {
            for (RawClient each : clients) {
                each.close();
            }
        }
    }

    @Test
    void dispatchCompleteAndTimeoutAtOnceEndTheResponseOnce() throws Exception {
        try (RawClient client = app.connect()) {
            for (int i = 0; i < 500; i++) {
                client.send(
                        """
                        GET /app/a/race HTTP/1.1
                        Host: h

                        """);
                String head = client.readHead();
                assertTrue(head.startsWith("HTTP/1.1 200 "), head);
                int length =
                        Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
                String content = client.read(length);
                assertTrue(content.startsWith("REQUEST true "), content);
            }
        }
    }
}
