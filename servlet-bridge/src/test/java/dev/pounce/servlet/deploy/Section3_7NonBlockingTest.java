package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Servlet specification, section 3.7 and 5.7: listeners that never wait. */
class Section3_7NonBlockingTest {
    private static final String SERVLET =
            """
            @WebServlet(urlPatterns = "/n/*", asyncSupported = true)
            public class NonBlocking extends HttpServlet {
                static final Queue<String> TOLD = new java.util.concurrent.ConcurrentLinkedQueue<>();
                static final java.util.concurrent.CountDownLatch GO = new java.util.concurrent.CountDownLatch(1);
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    String path = q.getPathInfo();
                    if (path.equals("/told")) { r.getWriter().print(String.join(" ", TOLD)); return; }
                    if (path.equals("/go")) { GO.countDown(); return; }
                    if (path.equals("/early")) {
                        try { q.getInputStream().setReadListener(new Upper(null, null, null)); } catch (IllegalStateException e) { r.getWriter().print("refused"); }
                        return;
                    }
                    AsyncContext c = q.startAsync();
                    c.setTimeout(0);
                    c.addListener(new AsyncListener() {
                        public void onComplete(AsyncEvent e) { TOLD.add("complete"); }
                        public void onTimeout(AsyncEvent e) {}
                        public void onError(AsyncEvent e) { TOLD.add("async-error"); }
                        public void onStartAsync(AsyncEvent e) {}
                    });
                    ServletInputStream in = q.getInputStream();
                    ServletOutputStream out = r.getOutputStream();
                    switch (path) {
                        case "/upper" -> {
                            Upper upper = new Upper(c, in, out);
                            in.setReadListener(upper);
                            try { in.setReadListener(upper); out.print("twice"); } catch (IllegalStateException expected) {}
                            try { out.setWriteListener(null); out.print("null"); } catch (NullPointerException expected) {}
                            out.setWriteListener(upper);
                            upper.inService = false;
                        }
                        case "/at-once" -> { out.setWriteListener(new Upper(c, in, out)); if (out.isReady()) out.print("written"); c.complete(); }
                        case "/numbers" -> out.setWriteListener(new Numbers(c, out, Integer.parseInt(q.getParameter("count"))));
                        case "/first" -> in.setReadListener(new Upper(c, in, out) {
                            public void onDataAvailable() throws IOException { in.isReady(); out.print("first " + (char) in.read()); c.complete(); }
                        });
                        case "/throws" -> in.setReadListener(new Upper(c, in, out) {
                            public void onDataAvailable() throws IOException { throw new IOException("on purpose"); }
                        });
                        case "/thread" -> c.start(() -> {
                            try { GO.await(); in.setReadListener(new Upper(c, in, out) {
                                public void onAllDataRead() throws IOException { out.print("thread"); c.complete(); }
                            }); } catch (Exception e) { TOLD.add(e.toString()); }
                        });
                    }
                }
            }
            """;
    private static final String UPPER =
            """
            /** Says in upper case what it reads. */
            public class Upper implements ReadListener, WriteListener {
                final AsyncContext context;
                final ServletInputStream in;
                final ServletOutputStream out;
                final Deque<byte[]> queue = new ArrayDeque<>();
                volatile boolean inService = true;
                boolean last;
                int calls;
                Upper(AsyncContext context, ServletInputStream in, ServletOutputStream out) {
                    this.context = context; this.in = in; this.out = out;
                }
                void enter() { if (++calls != 1) NonBlocking.TOLD.add("two-calls"); }
                public void onDataAvailable() throws IOException {
                    enter();
                    if (Thread.currentThread().getContextClassLoader() != Upper.class.getClassLoader()) throw new IOException("loader");
                    byte[] b = new byte[100];
                    while (in.isReady() && !in.isFinished()) {
                        int n = in.read(b);
                        if (n < 0) break;
                        byte[] copy = Arrays.copyOf(b, n);
                        for (int i = 0; i < n; i++) copy[i] = (byte) Character.toUpperCase(copy[i]);
                        queue.add(copy);
                    }
                    if (!in.isFinished()) try { in.read(); NonBlocking.TOLD.add("read-unready"); } catch (IllegalStateException expected) {}
                    calls--;
                    onWritePossible();
                }
                public void onAllDataRead() throws IOException {
                    enter();
                    last = true;
                    calls--;
                    onWritePossible();
                }
                public void onWritePossible() throws IOException {
                    enter();
                    if (inService) NonBlocking.TOLD.add("in-service");
                    while (!queue.isEmpty() && out.isReady()) out.write(queue.poll());
                    if (queue.isEmpty() && last) context.complete();
                    calls--;
                }
                public void onError(Throwable t) { NonBlocking.TOLD.add("error:" + t.getMessage()); }
            }
            class Numbers implements WriteListener {
                final AsyncContext context; final ServletOutputStream out; final int count; int next;
                Numbers(AsyncContext context, ServletOutputStream out, int count) { this.context = context; this.out = out; this.count = count; }
                public void onWritePossible() throws IOException {
                    while (next < count && out.isReady()) out.print(next++ + "\\n");
                    if (next < count) NonBlocking.TOLD.add("full"); else context.complete();
                }
                public void onError(Throwable t) { NonBlocking.TOLD.add("error:" + t.getClass().getSimpleName()); }
            }
            """;
    private static final String CHUNKED =
            """
            POST /app/n/%s HTTP/1.1
            Host: localhost
            Transfer-Encoding: chunked

            """;

    @TempDir private Path folder;
    private DeployedApp app;

    @BeforeEach
    void deploy() throws Exception {
        app = DeployedApp.start(DeployedApp.webapp(folder, SERVLET, UPPER));
    }

    @AfterEach
    void stop() throws Exception {
        app.close();
    }

    private void awaitTold(String told) throws IOException {
        String last = "";
        for (long end = System.nanoTime() + 20_000_000_000L; System.nanoTime() < end; ) {
            last = app.content("/n/told");
            if (last.equals(told)) {
                return;
            }
        }
        assertEquals(told, last);
    }

    @Test
    void contentIsReadAsItComesAndAnsweredWhenAllWasRead() throws Exception {
        try (RawClient client = app.connect()) {
            client.send(CHUNKED.formatted("upper"));
            client.send("3\nabc\n");
            client.send("4\ndefg\n");
            client.send("0\n\n");
            String head = client.readHead();
            assertTrue(head.startsWith("HTTP/1.1 200 OK\n"), head);
            assertEquals("ABCDEFG", client.read(7));
            client.send("GET /app/n/told HTTP/1.1\nHost: localhost\n\n");
            client.readHead();
            assertEquals("complete", client.read(8));
        }
    }

    @Test
    void withoutContentAllDataIsReadAtOnce() throws Exception {
        String answer = app.get("/n/upper");
        assertTrue(answer.startsWith("HTTP/1.1 200 OK\n"), answer);
        awaitTold("complete");
    }

    @Test
    void everyByteOfALargeUploadComesBackInOrder() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 2 << 20; i++) {
            text.append("line ").append(i).append('\n');
        }
        String sent = text.toString();
        try (RawClient client = app.connect()) {
            client.send(
                    """
                    POST /app/n/upper HTTP/1.1
                    Host: localhost
                    Connection: close
                    Content-Length: %d

                    """
                            .formatted(sent.length()));
            CompletableFuture<Void> sending =
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    client.sendExactly(sent);
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            String answer = client.readToEnd();
            sending.join();
            String expected = sent.toUpperCase(java.util.Locale.ROOT);
            assertEquals(expected, dechunked(answer));
        }
        awaitTold("complete");
    }

    private static String dechunked(String answer) {
        int at = answer.indexOf("\n\n") + 2;
        StringBuilder content = new StringBuilder();
        // readToEnd() has made LF of CRLF, in the framing only: the content has no CR
        while (true) {
            int end = answer.indexOf('\n', at);
            int length = Integer.parseInt(answer.substring(at, end), 16);
            if (length == 0) {
                return content.toString();
            }
            content.append(answer, end + 1, end + 1 + length);
            at = end + 1 + length + 1;
        }
    }

    @Test
    void aClientThatTakesNothingMakesTheStreamUnreadyAndLosesNothing() throws Exception {
        int count = 2_000_000;
        try (RawClient client = app.connect()) {
            client.send(
                    """
                    GET /app/n/numbers?count=%d HTTP/1.1
                    Host: localhost
                    Connection: close

                    """
                            .formatted(count));
            while (!app.content("/n/told").startsWith("full")) {
                Thread.onSpinWait();
            }
            String content = dechunked(client.readToEnd());
            StringBuilder expected = new StringBuilder();
            for (int i = 0; i < count; i++) {
                expected.append(i).append('\n');
            }
            assertTrue(expected.toString().equals(content), "the numbers are not what was written");
        }
    }

    @Test
    void aRequestMayEndBeforeItsContentDoes() throws Exception {
        try (RawClient client = app.connect()) {
            client.send(CHUNKED.formatted("first") + "3\nabc\n");
            String head = client.readHead();
            assertTrue(head.startsWith("HTTP/1.1 200 OK\n"), head);
            assertEquals("first a", client.read(7));
            assertEquals("", client.readToEnd());
        }
        awaitTold("complete");
    }

    @Test
    void aListenerThatFailsIsToldAndTheRequestEnds() throws Exception {
        try (RawClient client = app.connect()) {
            client.send(CHUNKED.formatted("throws") + "3\nabc\n0\n\n");
            client.readHead();
        }
        awaitTold("error:on purpose async-error complete");
    }

    @Test
    void aClientThatVanishesIsAnErrorOfTheReader() throws Exception {
        RawClient client = app.connect();
        client.send(CHUNKED.formatted("upper") + "3\nabc\n");
        client.socket().setOption(StandardSocketOptions.SO_LINGER, 0);
        client.close();
        String told = "";
        while (!told.endsWith("async-error complete")) {
            told = app.content("/n/told");
        }
        assertTrue(told.startsWith("error:"), told);
    }

    @Test
    void whatIsWrittenBeforeAnyCallIsSent() throws Exception {
        assertEquals("written", app.content("/n/at-once"));
        awaitTold("complete");
    }

    @Test
    void aListenerNeedsAsynchronousProcessing() throws Exception {
        assertEquals("refused", app.content("/n/early"));
    }

    @Test
    void aListenerMayBeSetWhenTheDispatchHasReturned() throws Exception {
        try (RawClient client = app.connect()) {
            client.send("GET /app/n/thread HTTP/1.1\nHost: localhost\n\n");
            app.content("/n/go");
            String head = client.readHead();
            assertTrue(head.startsWith("HTTP/1.1 200 OK\n"), head);
            assertEquals("thread", client.read(6));
        }
        awaitTold("complete");
    }
}
