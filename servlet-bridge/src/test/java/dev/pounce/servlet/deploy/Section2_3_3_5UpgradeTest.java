package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Servlet specification, section 2.3.3.5: upgrading to another protocol. */
class Section2_3_3_5UpgradeTest {
    private static final String SERVLET =
            """
            @WebServlet("/u/*")
            public class Upgrading extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                    r.getWriter().print("dropped");
                    switch (q.getPathInfo()) {
                        case "/echo" -> { r.setStatus(101); r.setHeader("Upgrade", "echo"); r.setHeader("Connection", "Upgrade"); q.upgrade(Echo.class); }
                        case "/listening" -> q.upgrade(Listening.class).greeting = "hello from " + q.getContextPath();
                        case "/flushed" -> { q.upgrade(Echo.class); r.flushBuffer(); }
                        case "/none" -> q.upgrade(Hidden.class);
                        case "/ends" -> r.getWriter().print(Echo.ENDS);
                    }
                }
            }
            """;
    private static final String ECHO =
            """
            public class Echo implements HttpUpgradeHandler {
                static final java.util.concurrent.atomic.AtomicInteger ENDS = new java.util.concurrent.atomic.AtomicInteger();
                public void init(WebConnection c) {
                    try (c) {
                        if (Thread.currentThread().getContextClassLoader() != Echo.class.getClassLoader()) throw new IllegalStateException();
                        byte[] b = new byte[1000];
                        for (int n; (n = c.getInputStream().read(b)) >= 0; ) c.getOutputStream().write(b, 0, n);
                    } catch (Exception e) { throw new IllegalStateException(e); }
                }
                public void destroy() { ENDS.incrementAndGet(); }
            }
            class Hidden implements HttpUpgradeHandler {
                Hidden(int x) {}
                public void init(WebConnection c) {}
                public void destroy() {}
            }
            """;
    private static final String LISTENING =
            """
            /** Says what it reads in upper case, and never waits. */
            public class Listening implements HttpUpgradeHandler, ReadListener, WriteListener {
                volatile String greeting;
                WebConnection connection;
                ServletInputStream in;
                ServletOutputStream out;
                final Deque<byte[]> queue = new ArrayDeque<>();
                boolean last;
                public void init(WebConnection c) {
                    try {
                        connection = c; in = c.getInputStream(); out = c.getOutputStream();
                        queue.add(greeting.getBytes());
                        out.setWriteListener(this);
                        in.setReadListener(this);
                        try { in.setReadListener(this); throw new AssertionError(); } catch (IllegalStateException expected) {}
                    } catch (IOException e) { throw new IllegalStateException(e); }
                }
                public void onDataAvailable() throws IOException {
                    byte[] b = new byte[100];
                    while (in.isReady()) {
                        int n = in.read(b);
                        if (n < 0) break;
                        byte[] copy = Arrays.copyOf(b, n);
                        for (int i = 0; i < n; i++) copy[i] = (byte) Character.toUpperCase(copy[i]);
                        queue.add(copy);
                    }
                    onWritePossible();
                }
                public void onAllDataRead() throws IOException { last = true; onWritePossible(); }
                public void onWritePossible() throws IOException {
                    while (!queue.isEmpty() && out.isReady()) out.write(queue.poll());
                    if (queue.isEmpty() && last) try { connection.close(); } catch (Exception e) { throw new IOException(e); }
                }
                public void onError(Throwable t) {}
                public void destroy() { Echo.ENDS.incrementAndGet(); }
            }
            """;
    private static final String REQUEST =
            """
            GET /app/u/%s HTTP/1.1
            Host: localhost
            Connection: Upgrade
            Upgrade: echo

            """;

    @TempDir private Path folder;
    private DeployedApp app;

    @BeforeEach
    void deploy() throws Exception {
        app = DeployedApp.start(DeployedApp.webapp(folder, SERVLET, ECHO, LISTENING));
    }

    @AfterEach
    void stop() throws Exception {
        app.close();
    }

    private RawClient upgrade(String path, String further) throws IOException {
        RawClient client = app.connect();
        client.send(REQUEST.formatted(path) + further);
        String head = client.readHead();
        assertTrue(head.startsWith("HTTP/1.1 101 Switching Protocols\n"), head);
        assertTrue(head.contains("\nUpgrade: echo\n"), head);
        assertTrue(head.contains("\nConnection: Upgrade\n"), head);
        assertEquals(-1, head.indexOf("Content-"), head);
        return client;
    }

    private void awaitEnds(int count) throws IOException {
        while (!app.content("/u/ends").equals("dropped" + count)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void theHandlerHasTheConnectionWithWhatCameBehindTheRequest() throws Exception {
        try (RawClient client = upgrade("echo", "carried")) {
            assertEquals("carried", client.read(7));
            client.sendExactly("more");
            assertEquals("more", client.read(4));
            client.shutdownOutput();
            assertEquals("", client.readToEnd());
        }
        awaitEnds(1);
    }

    @Test
    void aHandlerWhoseClientVanishesIsDestroyed() throws Exception {
        upgrade("echo", "").close();
        upgrade("listening", "").close();
        awaitEnds(2);
    }

    @Test
    void aFlushBeforeTheEndCommitsNothing() throws Exception {
        try (RawClient client = upgrade("flushed", "x")) {
            assertEquals("x", client.read(1));
        }
    }

    @Test
    void listenersAreToldAndNeverWait() throws Exception {
        try (RawClient client = upgrade("listening", "abc")) {
            assertEquals("hello from /appABC", client.read(18));
            client.sendExactly("more");
            assertEquals("MORE", client.read(4));
            client.shutdownOutput();
            assertEquals("", client.readToEnd());
        }
        awaitEnds(1);
    }

    @Test
    void listenersGetAndSendEveryByteInOrder() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 1 << 20; i++) {
            text.append("line ").append(i).append('\n');
        }
        String sent = text.toString();
        try (RawClient client = upgrade("listening", "")) {
            client.read("hello from /app".length());
            CompletableFuture<Void> sending =
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    client.sendExactly(sent);
                                    client.shutdownOutput();
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            byte[] received = client.readBytes(sent.length());
            sending.join();
            assertEquals(
                    sent.replace("line", "LINE"),
                    new String(received, StandardCharsets.ISO_8859_1));
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void aHandlerThatCannotBeMadeIsAnErrorOfTheApplication() throws Exception {
        String answer = app.get("/u/none");
        assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
    }
}
