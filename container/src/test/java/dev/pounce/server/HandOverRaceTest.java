package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.Response;
import dev.pounce.exchange.Suspension;
import dev.pounce.route.ContextRoutes;
import dev.pounce.route.FusedRoute;
import dev.pounce.route.Handler;
import dev.pounce.route.InFlight;
import dev.pounce.route.Pace;
import dev.pounce.route.PathPattern;
import dev.pounce.route.Route;
import dev.pounce.route.RouteTable;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;

/**
 * Races the hand-overs between a worker, its exchanges and the threads that take its loop over: one
 * worker, handlers of each kind, some of which take long, and many clients that pipeline, cut what
 * they send anywhere, and vanish. Those that stay check each byte of each answer. {@code
 * -Dpounce.fuzz.seed=N} has the clients choose the same again.
 */
class HandOverRaceTest {
    private static final long SEED = Long.getLong("pounce.fuzz.seed", System.nanoTime());
    private static final int HOSTILE = 16;
    private static final int CONNECTIONS_OF_EACH = 16;
    private static final int WELL_BEHAVED = 4;
    private static final int MOST_PIPELINED = 24;
    private static final int MOST_CONTENT = 20_000;
    private static final int STREAMED_PART = 30_000;
    private static final byte[] STREAMED = content(new Random(7), 10 * STREAMED_PART);

    /** Several times {@code take_over.after}. */
    private static final long TAKEN_OVER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long LONG = TimeUnit.SECONDS.toNanos(30);

    private final InFlight inFlight = new InFlight();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger checked = new AtomicInteger();

    /** What a client sends, and the content that it expects back. */
    private record Request(byte[] bytes, byte[] content, boolean gzipped) {}

    @Test
    void everyAnswerIsWholeAndNothingIsLeftBehind() throws Exception {
        String again = "again with -Dpounce.fuzz.seed=" + SEED;
        try (TestServer server = new TestServer()) {
            server.server().routes(routes());
            List<Thread> hostile = new ArrayList<>();
            List<Thread> others = new ArrayList<>();
            for (int i = 0; i < HOSTILE; i++) {
                Random random = new Random(SEED + i);
                hostile.add(start(() -> attack(server, random)));
            }
            for (int i = 0; i < WELL_BEHAVED; i++) {
                Random random = new Random(SEED - 1 - i);
                others.add(start(() -> behave(server, random, hostile)));
            }
            for (Thread thread : hostile) {
                thread.join();
            }
            for (Thread thread : others) {
                thread.join();
            }
            assertEquals(List.of(), List.copyOf(failures), again);
            assertTrue(checked.get() > 500, checked + " answers were checked; " + again);

            HttpServer http = server.server();
            await(() -> http.connections() == 0, () -> http.connections() + " open; " + again);
            assertTrue(inFlight.await(LONG), () -> inFlight.count() + " in flight; " + again);
            await(() -> http.encodersInUse() == 0, () -> http.encodersInUse() + " lent; " + again);
            try (RawClient client = server.connect()) {
                check(client, request(new Random(SEED)));
            }
        }
    }

    // --- the server ----------------------------------------------------------------------------

    private RouteTable routes() {
        List<Route> routes = new ArrayList<>();
        routes.addAll(
                FusedRoute.compile(
                        "",
                        List.of(
                                FusedRoute.bytes("/fused", request -> takeLong(request.body()))
                                        .methods("POST"),
                                FusedRoute.bytes("/blocking", request -> request.body())
                                        .methods("POST")
                                        .asBlocking(),
                                FusedRoute.bytes(
                                        "/hello/{name}",
                                        request ->
                                                request.pathVariable("name")
                                                        .getBytes(StandardCharsets.US_ASCII)))));
        routes.add(new Route(PathPattern.ofServlet("/held"), HandOverRaceTest::echo, "held"));
        routes.add(new Route(PathPattern.ofServlet("/stream"), HandOverRaceTest::stream, "stream"));
        routes.add(learned("/learned/held", HandOverRaceTest::echoSlowly));
        routes.add(learned("/learned/stream", HandOverRaceTest::stream));
        routes.add(learned("/learned/later", HandOverRaceTest::echoLater));
        return new RouteTable(
                List.of(new ContextRoutes("", routes.stream().map(inFlight::counted).toList())));
    }

    /** However long its requests take, they go on starting in place. */
    private static Route learned(String path, Handler handler) {
        Handler started = TestServer.learned(handler);
        Handler unteachable =
                new Handler() {
                    @Override
                    public void handle(Exchange exchange) throws Exception {
                        started.handle(exchange);
                    }

                    @Override
                    public Execution execution(String method) {
                        return started.execution(method);
                    }

                    @Override
                    public Pace pace() {
                        return new Pace();
                    }
                };
        return new Route(PathPattern.ofServlet(path), unteachable, path);
    }

    /** As {@link #echo}, and waits in between, or suspends itself and goes on at once. */
    private static void echoSlowly(Exchange exchange) throws Exception {
        byte[] content = exchange.body().readAll(MOST_CONTENT);
        switch (content.length % 4) {
            case 0 -> Thread.sleep(3);
            case 1 -> exchange.suspension().standAlone();
            case 2 -> takeLong(new byte[4]);
            default -> {}
        }
        exchange.response().fields().set("Content-Type", "text/plain");
        for (int at = 0; at < content.length; at += 4000) {
            exchange.response().write(content, at, Math.min(4000, content.length - at));
            if (content.length % 3 == 0) {
                exchange.response().flush();
            }
        }
    }

    /** Another thread answers; now and then before the handler has returned. */
    private static void echoLater(Exchange exchange) {
        Suspension suspension = exchange.suspension();
        suspension.suspend();
        Thread resuming =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    boolean resumed = false;
                                    while (!resumed) {
                                        resumed = suspension.resume(HandOverRaceTest::echo);
                                    }
                                });
        if (exchange.request().target().length() % 2 == 0) {
            takeLong(new byte[4]);
        } else if (exchange.body().length() % 2 == 0) {
            join(resuming);
        }
    }

    /** Now and then takes so long that another thread takes the worker's loop over. */
    private static byte[] takeLong(byte[] content) {
        long end = System.nanoTime() + (content.length % 4 == 0 ? TAKEN_OVER_NANOS : 0);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return content;
    }

    /** Sends each part back as it comes: the exchange waits for the client at each. */
    private static void echo(Exchange exchange) throws IOException {
        exchange.response().fields().set("Content-Type", "text/plain");
        byte[] part = new byte[1000];
        for (int count = read(exchange, part); count >= 0; count = read(exchange, part)) {
            exchange.response().write(part, 0, count);
            exchange.response().flush();
        }
    }

    private static int read(Exchange exchange, byte[] part) throws IOException {
        return exchange.body().read(part, 0, part.length);
    }

    private static void stream(Exchange exchange) throws IOException {
        Response response = exchange.response();
        response.fields().set("Content-Type", "text/plain");
        for (int at = 0; at < STREAMED.length; at += STREAMED_PART) {
            response.write(STREAMED, at, STREAMED_PART);
            response.flush();
        }
    }

    // --- the clients ---------------------------------------------------------------------------

    /** Code of a client. */
    private interface Client {
        void run() throws Exception;
    }

    private Thread start(Client client) {
        return Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                client.run();
                            } catch (Throwable e) {
                                failures.add(e);
                            }
                        });
    }

    /** Keeps one connection until the others are gone. */
    private void behave(TestServer server, Random random, List<Thread> hostile) throws Exception {
        try (RawClient client = server.connect()) {
            do {
                check(client, request(random));
            } while (hostile.stream().anyMatch(Thread::isAlive));
        }
    }

    private void attack(TestServer server, Random random) throws Exception {
        for (int i = 0; i < CONNECTIONS_OF_EACH; i++) {
            RawClient client = server.connect();
            if (random.nextBoolean()) {
                client.socket().setSoLinger(true, 0);
            }
            try (client) {
                List<Request> requests = new ArrayList<>();
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                int count = 1 + random.nextInt(MOST_PIPELINED);
                for (int each = 0; each < count; each++) {
                    Request request = request(random);
                    requests.add(request);
                    all.write(request.bytes());
                }
                byte[] bytes = all.toByteArray();
                switch (random.nextInt(4)) {
                    case 0 -> vanishWhileSending(client, bytes, random);
                    case 1 -> vanishWhileReading(client, bytes, random);
                    case 2 -> halfClose(client, bytes, requests, random);
                    default -> stay(client, bytes, requests, random);
                }
            }
        }
    }

    private static void vanishWhileSending(RawClient client, byte[] bytes, Random random)
            throws IOException {
        Thread reader = drop(client);
        sendInPieces(client, Arrays.copyOf(bytes, random.nextInt(bytes.length)), random);
        client.close();
        join(reader);
    }

    private static void vanishWhileReading(RawClient client, byte[] bytes, Random random)
            throws IOException {
        // what is not read stays below what the sockets take, or both sides would wait
        byte[] sent = Arrays.copyOf(bytes, Math.min(bytes.length, 60_000));
        sendInPieces(client, sent, random);
        client.in().readNBytes(random.nextInt(1 + sent.length / 2));
    }

    private void stay(RawClient client, byte[] bytes, List<Request> requests, Random random)
            throws Exception {
        Thread sender = start(() -> sendInPieces(client, bytes, random));
        for (Request request : requests) {
            checkAnswer(client, request);
        }
        sender.join();
    }

    private void halfClose(RawClient client, byte[] bytes, List<Request> requests, Random random)
            throws Exception {
        Thread sender =
                start(
                        () -> {
                            sendInPieces(client, bytes, random);
                            client.shutdownOutput();
                        });
        for (Request request : requests) {
            checkAnswer(client, request);
        }
        sender.join();
        assertEquals(-1, client.in().read(), "something behind the last answer");
    }

    private static void sendInPieces(RawClient client, byte[] bytes, Random random)
            throws IOException {
        int at = 0;
        while (at < bytes.length) {
            int most = random.nextInt(8) == 0 ? 10 : 10_000;
            int count = Math.min(bytes.length - at, 1 + random.nextInt(most));
            client.sendBytes(Arrays.copyOfRange(bytes, at, at + count));
            at += count;
            if (random.nextBoolean()) {
                Thread.yield();
            }
        }
    }

    private static Thread drop(RawClient client) {
        return Thread.ofVirtual()
                .start(
                        () -> {
                            byte[] dropped = new byte[8192];
                            try {
                                while (client.in().read(dropped) >= 0) {
                                    continue;
                                }
                            } catch (IOException e) {
                                // this client has closed its own connection
                            }
                        });
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // --- requests and answers ------------------------------------------------------------------

    private static Request request(Random random) {
        int kind = random.nextInt(18);
        if (kind == 0) {
            boolean gzip = random.nextBoolean();
            String field = gzip ? "Accept-Encoding: gzip\r\n" : "";
            String path = random.nextBoolean() ? "/stream" : "/learned/stream";
            return new Request(head("GET " + path, field), STREAMED, gzip);
        }
        if (kind < 4) {
            String name = "n" + random.nextInt(1_000_000);
            return new Request(
                    head("GET /hello/" + name, ""),
                    name.getBytes(StandardCharsets.US_ASCII),
                    false);
        }
        String path =
                switch (kind) {
                    case 4, 5, 6 -> "/fused";
                    case 7, 8 -> "/blocking";
                    case 9, 10, 11 -> "/held";
                    case 12, 13 -> "/learned/later";
                    case 14 -> "/learned/later?";
                    default -> "/learned/held";
                };
        boolean gzip = path.endsWith("/held") && random.nextBoolean();
        byte[] content = content(random, random.nextInt(MOST_CONTENT));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean chunked = random.nextBoolean();
        bytes.writeBytes(
                head(
                        "POST " + path,
                        (gzip ? "Accept-Encoding: gzip\r\n" : "")
                                + (chunked
                                        ? "Transfer-Encoding: chunked\r\n"
                                        : "Content-Length: " + content.length + "\r\n")));
        if (chunked) {
            writeChunks(bytes, content, random);
        } else {
            bytes.writeBytes(content);
        }
        return new Request(bytes.toByteArray(), content, gzip);
    }

    private static byte[] head(String methodAndPath, String fields) {
        return (methodAndPath + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void writeChunks(ByteArrayOutputStream to, byte[] content, Random random) {
        int at = 0;
        while (at < content.length) {
            int count = Math.min(content.length - at, 1 + random.nextInt(5000));
            to.writeBytes(
                    (Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            to.write(content, at, count);
            to.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            at += count;
        }
        to.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] content(Random random, int length) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) ('a' + random.nextInt(26));
        }
        return content;
    }

    private void check(RawClient client, Request request) throws IOException {
        client.sendBytes(request.bytes());
        checkAnswer(client, request);
    }

    private void checkAnswer(RawClient client, Request request) throws IOException {
        String head = client.readHead();
        assertTrue(head.startsWith("HTTP/1.1 200 OK\n"), head);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (head.contains("\nTransfer-Encoding: chunked\n")) {
            for (byte[] chunk = client.readChunk(); chunk.length > 0; chunk = client.readChunk()) {
                body.writeBytes(chunk);
            }
        } else {
            String length = head.replaceAll("(?s).*\nContent-Length: (\\d+)\n.*", "$1");
            body.writeBytes(client.readBytes(Integer.parseInt(length)));
        }
        byte[] content = body.toByteArray();
        if (head.contains("\nContent-Encoding: gzip\n")) {
            assertTrue(request.gzipped(), head);
            content = new GZIPInputStream(new java.io.ByteArrayInputStream(content)).readAllBytes();
        }
        if (!Arrays.equals(request.content(), content)) {
            throw new AssertionError(
                    "another content behind "
                            + head
                            + "from byte "
                            + Arrays.mismatch(request.content(), content)
                            + " of "
                            + request.content().length);
        }
        checked.incrementAndGet();
    }

    private static void await(
            BooleanSupplier condition, java.util.function.Supplier<String> otherwise) {
        long end = System.nanoTime() + LONG;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, otherwise);
            Thread.yield();
        }
    }
}
