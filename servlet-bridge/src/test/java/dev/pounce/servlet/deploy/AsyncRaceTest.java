package dev.pounce.servlet.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Races what may happen to an asynchronous request (Servlet specification, sections 2.3.3.3 and
 * 3.7): several threads complete, dispatch and write at once, the time is over, the dispatch that
 * started it fails, and clients vanish in every state. Each request ends once, each answer belongs
 * to its request, and nothing is left. {@code -Dpounce.fuzz.seed=N} has everybody choose the same
 * again; the Maven profile {@code long} races thousands of times.
 */
@Timeout(900)
class AsyncRaceTest {
    private static final long SEED = Long.getLong("pounce.fuzz.seed", System.nanoTime());
    private static final int REQUESTS = Integer.getInteger("pounce.fuzz.inputs", 80_000) / 4_000;
    private static final int CLIENTS = 8;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private static final String RACING =
            """
            @WebServlet(urlPatterns = "/race", asyncSupported = true)
            public class Racing extends HttpServlet {
                static final java.util.concurrent.atomic.AtomicInteger STARTED = new java.util.concurrent.atomic.AtomicInteger();
                static final java.util.concurrent.atomic.AtomicInteger COMPLETED = new java.util.concurrent.atomic.AtomicInteger();
                static final Queue<String> FAILURES = new java.util.concurrent.ConcurrentLinkedQueue<>();
                interface Act { void run() throws Exception; }
                static void attempt(Act act) {
                    try {
                        act.run();
                    } catch (IllegalStateException | IOException e) {
                        // another thread was first, or the client has gone
                    } catch (Throwable e) {
                        StringWriter trace = new StringWriter();
                        e.printStackTrace(new PrintWriter(trace));
                        FAILURES.add(trace.toString());
                    }
                }
                static class Ends implements AsyncListener {
                    final int how;
                    boolean complete;
                    Ends(int how) { this.how = how; }
                    public synchronized void onComplete(AsyncEvent e) {
                        if (complete) { FAILURES.add("completed twice"); }
                        complete = true;
                        COMPLETED.incrementAndGet();
                    }
                    private void goOn(AsyncEvent e) {
                        attempt(() -> {
                            if (how == 1) { e.getAsyncContext().complete(); }
                            if (how == 2) { e.getAsyncContext().dispatch("/race?end"); }
                        });
                    }
                    public void onTimeout(AsyncEvent e) { goOn(e); }
                    public void onError(AsyncEvent e) { goOn(e); }
                    public void onStartAsync(AsyncEvent e) {}
                }
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException, ServletException {
                    if (q.getDispatcherType() == DispatcherType.ASYNC) {
                        r.getWriter().print("[dispatched]");
                        return;
                    }
                    String id = q.getParameter("id");
                    Random random = new Random(Long.parseLong(id));
                    r.setHeader("X-Id", id);
                    r.setContentType("text/plain");
                    AsyncContext c = q.startAsync();
                    STARTED.incrementAndGet();
                    c.setTimeout(random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 30_000);
                    c.addListener(new Ends(random.nextInt(3)));
                    List<Thread> all = new ArrayList<>();
                    int count = 1 + random.nextInt(4);
                    for (int i = 0; i < count; i++) {
                        int what = random.nextInt(6);
                        int spins = random.nextInt(3000);
                        all.add(Thread.ofVirtual().unstarted(() -> attempt(() -> {
                            for (int each = 0; each < spins; each++) { Thread.onSpinWait(); }
                            ServletResponse response = c.getResponse();
                            switch (what) {
                                case 0 -> c.complete();
                                case 1 -> c.dispatch("/race?end");
                                case 2 -> c.start(() -> attempt(c::complete));
                                case 3 -> { response.getWriter().print("[" + id + "]"); response.flushBuffer(); }
                                case 4 -> { for (int k = 0; k < 3000; k++) { response.getWriter().print("[" + id + "]"); } }
                                default -> Thread.sleep(4);
                            }
                        })));
                    }
                    all.forEach(Thread::start);
                    Thread.ofVirtual().start(() -> attempt(() -> {
                        for (Thread each : all) { each.join(); }
                        c.complete();
                    }));
                    if (random.nextInt(6) == 0) { throw new ServletException("on purpose"); }
                    if (random.nextInt(6) == 0) { attempt(() -> Thread.sleep(3)); }
                }
            }
            """;

    private static final String ECHOING =
            """
            @WebServlet(urlPatterns = "/echo", asyncSupported = true)
            public class Echoing extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    Random random = new Random(Long.parseLong(q.getParameter("id")));
                    AsyncContext c = q.startAsync();
                    Racing.STARTED.incrementAndGet();
                    boolean raced = q.getParameter("raced") != null;
                    c.setTimeout(raced && random.nextBoolean() ? 2 : 30_000);
                    c.addListener(new Racing.Ends(random.nextInt(2)));
                    r.setContentType("application/octet-stream");
                    ServletInputStream in = q.getInputStream();
                    ServletOutputStream out = r.getOutputStream();
                    in.setReadListener(new ReadListener() {
                        final byte[] part = new byte[1500];
                        public void onDataAvailable() throws IOException {
                            // an echo that holds nothing back: what cannot be written is not read
                            while (in.isReady() && out.isReady()) {
                                int count = in.read(part);
                                if (count < 0) { return; }
                                out.write(part, 0, count);
                            }
                        }
                        public void onAllDataRead() { Racing.attempt(c::complete); }
                        public void onError(Throwable t) { Racing.attempt(c::complete); }
                    });
                    out.setWriteListener(new WriteListener() {
                        public void onWritePossible() throws IOException {
                            byte[] part = new byte[1500];
                            while (out.isReady() && in.isReady() && !in.isFinished()) {
                                int count = in.read(part);
                                if (count < 0) { return; }
                                out.write(part, 0, count);
                            }
                        }
                        public void onError(Throwable t) { Racing.attempt(c::complete); }
                    });
                    if (raced) {
                        int spins = random.nextInt(20_000);
                        Thread.ofVirtual().start(() -> Racing.attempt(() -> {
                            for (int each = 0; each < spins; each++) { Thread.onSpinWait(); }
                            c.complete();
                        }));
                    }
                }
            }
            """;

    private static final String COUNTING =
            """
            @WebServlet("/count")
            public class Counting extends HttpServlet {
                protected void service(HttpServletRequest q, HttpServletResponse r) throws IOException {
                    r.getWriter().print(Racing.STARTED.get() - Racing.COMPLETED.get() + " " + Racing.FAILURES);
                }
            }
            """;

    @TempDir Path folder;

    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger whole = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();

    /** Code of a client; each request has a seed of its own. */
    private interface Client {
        void request(RawClient client, Random random, long id) throws Exception;
    }

    private void race(boolean takeOver, Client client) throws Exception {
        ServerConfig config =
                ServerConfig.defaults().with("take_over.enabled", Boolean.toString(takeOver));
        String again = "again with -Dpounce.fuzz.seed=" + SEED;
        try (DeployedApp app =
                DeployedApp.start(DeployedApp.webapp(folder, RACING, ECHOING, COUNTING), config)) {
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                long first = SEED + (long) i * REQUESTS;
                clients.add(Thread.ofVirtual().start(() -> race(app, client, first)));
            }
            for (Thread each : clients) {
                each.join();
            }
            if (!failures.isEmpty()) {
                throw new AssertionError(failures.size() + " failures; " + again, failures.peek());
            }
            await(() -> app.content("/count").equals("0 []"), app, again);
            var server = app.server().server();
            await(() -> server.connections() == 0, app, again);
            await(() -> server.encodersInUse() == 0, app, again);
            System.out.println(
                    "async races, take-over "
                            + takeOver
                            + ": "
                            + whole
                            + " answers were whole, "
                            + cut
                            + " cut off visibly");
            assertTrue(whole.get() > CLIENTS * REQUESTS / 4, whole + " whole answers; " + again);
            // waits for what is in flight
            long begin = System.nanoTime();
            assertTrue(app.server().undeploy("/app"));
            assertTrue(System.nanoTime() - begin < PATIENCE_NANOS / 2, "in flight; " + again);
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition, DeployedApp app, String again) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.holds()) {
            assertTrue(
                    System.nanoTime() < end,
                    app.content("/count")
                            + ", "
                            + app.server().server().connections()
                            + " open; "
                            + again);
            Thread.yield();
        }
    }

    private void race(DeployedApp app, Client client, long first) {
        int done = 0;
        while (done < REQUESTS) {
            try (RawClient connection = app.connect()) {
                Random random = new Random(first + done);
                if (random.nextBoolean()) {
                    connection.socket().setSoLinger(true, 0);
                }
                try {
                    int most = 1 + random.nextInt(20);
                    for (int i = 0; i < most; i++) {
                        client.request(connection, random, first + done);
                        done++;
                    }
                } catch (CutException e) {
                    done++;
                }
            } catch (Throwable e) {
                failures.add(new AssertionError("request " + (first + done), e));
                return;
            }
        }
    }

    /** The connection is of no use any more, as it has to be. */
    private static final class CutException extends Exception {
        private static final long serialVersionUID = 1;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void requestsThatManyThreadsEndAtOnceEndOnce(boolean takeOver) throws Exception {
        race(
                takeOver,
                (client, random, id) -> {
                    String coding = random.nextBoolean() ? "Accept-Encoding: zstd\n" : "";
                    client.send("GET /app/race?id=" + id + " HTTP/1.1\nHost: h\n" + coding + "\n");
                    switch (random.nextInt(8)) {
                        case 0 -> throw new CutException();
                        case 1 -> {
                            readSome(client, random.nextInt(200));
                            throw new CutException();
                        }
                        default -> check(client, id);
                    }
                });
    }

    private void readSome(RawClient client, int count) {
        try {
            // what is there: a kept connection does not end behind a short answer
            client.in().read(new byte[count]);
        } catch (IOException e) {
            // of a request that fails after its commit
            cut.incrementAndGet();
        }
    }

    private void check(RawClient client, long id) throws Exception {
        String head;
        byte[] content;
        try {
            head = client.readHead();
            content = content(client, head);
        } catch (IOException | AssertionError e) {
            // of a request that fails after its commit
            cut.incrementAndGet();
            throw new CutException();
        }
        whole.incrementAndGet();
        int status = Integer.parseInt(head.substring(9, 12));
        if (status != 200) {
            assertEquals(500, status, head);
            return;
        }
        assertTrue(head.contains("\nX-Id: " + id + "\n"), head);
        if (!head.contains("\nContent-Encoding: ")) {
            String text = new String(content, StandardCharsets.US_ASCII);
            String rest = text.replace("[" + id + "]", "").replace("[dispatched]", "");
            assertEquals("", rest);
        }
    }

    private static byte[] content(RawClient client, String head) throws IOException {
        if (!head.contains("\nTransfer-Encoding: chunked\n")) {
            return client.readBytes(
                    Integer.parseInt(head.replaceAll("(?s).*\nContent-Length: (\\d+)\n.*", "$1")));
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] chunk = client.readChunk(); chunk.length > 0; chunk = client.readChunk()) {
            all.writeBytes(chunk);
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void listenersThatAreOvertakenLeaveNothingBehind(boolean takeOver) throws Exception {
        race(takeOver, this::echo);
    }

    private void echo(RawClient client, Random random, long id) throws Exception {
        byte[] content = new byte[random.nextInt(20_000)];
        random.nextBytes(content);
        boolean raced = random.nextInt(3) == 0;
        String head =
                "POST /app/echo?id=%d%s HTTP/1.1\nHost: h\nContent-Length: %d\n\n"
                        .formatted(id, raced ? "&raced" : "", content.length);
        boolean vanishes = random.nextInt(6) == 0;
        try {
            client.send(head);
            int at = 0;
            while (at < content.length) {
                int count = Math.min(content.length - at, 1 + random.nextInt(4000));
                client.sendBytes(java.util.Arrays.copyOfRange(content, at, at + count));
                at += count;
                if (vanishes && random.nextInt(4) == 0) {
                    throw new CutException();
                }
            }
        } catch (SocketException e) {
            // ended before it had all of the content
            cut.incrementAndGet();
            throw new CutException();
        }
        String answer;
        byte[] echoed;
        try {
            answer = client.readHead();
            echoed = content(client, answer);
        } catch (IOException | AssertionError e) {
            cut.incrementAndGet();
            assertTrue(raced, () -> "nothing has raced request " + id + ": " + e);
            throw new CutException();
        }
        whole.incrementAndGet();
        if (!raced) {
            assertTrue(java.util.Arrays.equals(content, echoed), answer);
        } else if (answer.startsWith("HTTP/1.1 200 ")) {
            int same = java.util.Arrays.mismatch(content, echoed);
            assertTrue(same < 0 || same == echoed.length, answer);
        }
        if (raced) {
            // the connection ends where nobody waits for the rest of the content
            throw new CutException();
        }
    }
}
