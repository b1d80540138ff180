package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.route.FusedRoute;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

@Timeout(120)
class TakeOverTest {
    private static final int LARGE = 8 << 20;

    /** What the waiting handlers wait for, by the name in their path. */
    private final ConcurrentHashMap<String, CountDownLatch> latches = new ConcurrentHashMap<>();

    private final ConcurrentHashMap<String, CountDownLatch> entered = new ConcurrentHashMap<>();
    private final ThreadLocal<String> left = new ThreadLocal<>();
    private TestServer server = start("take_over.threads", "8");

    TakeOverTest() throws IOException {}

    private CountDownLatch latch(ConcurrentHashMap<String, CountDownLatch> map, String name) {
        return map.computeIfAbsent(name, key -> new CountDownLatch(1));
    }

    private TestServer start(String setting, String value) throws IOException {
        return new TestServer(config -> config.with(setting, value))
                .fused(FusedRoute.text("/quick", request -> "quick"))
                .fused(
                        FusedRoute.text(
                                        "/wait/{name}",
                                        request -> {
                                            String name = request.pathVariable("name");
                                            latch(entered, name).countDown();
                                            latch(latches, name).await();
                                            return "waited for " + name;
                                        })
                                .methods("GET", "POST"))
                .fused(
                        FusedRoute.text(
                                "/open/{name}",
                                request -> {
                                    latch(latches, request.pathVariable("name")).countDown();
                                    return "opened";
                                }))
                .fused(
                        FusedRoute.bytes(
                                "/large/{name}",
                                request -> {
                                    latch(latches, request.pathVariable("name")).await();
                                    byte[] large = new byte[LARGE];
                                    new Random(1).nextBytes(large);
                                    return large;
                                }))
                .fused(
                        FusedRoute.text(
                                "/broken/{name}",
                                request -> {
                                    latch(latches, request.pathVariable("name")).await();
                                    throw new IllegalStateException("on purpose");
                                }))
                .fused(
                        FusedRoute.text(
                                "/traces",
                                request -> {
                                    Thread thread = Thread.currentThread();
                                    String before = left.get();
                                    left.set("left behind");
                                    thread.interrupt();
                                    thread.setName("renamed");
                                    thread.setPriority(Thread.MIN_PRIORITY);
                                    thread.setContextClassLoader(null);
                                    return String.valueOf(before);
                                }));
    }

    @AfterEach
    void stop() throws InterruptedException {
        latches.values().forEach(CountDownLatch::countDown);
        server.close();
    }

    private static String get(String path) {
        return """
        GET %s HTTP/1.1
        Host: localhost

        """
                .formatted(path);
    }

    private static String answer(String content) {
        return """
        HTTP/1.1 200 OK
        Content-Type: text/plain; charset=utf-8
        Vary: Accept-Encoding
        Content-Length: %d

        %s\
        """
                .formatted(content.length(), content);
    }

    private static void assertAnswer(String content, RawClient client) throws IOException {
        assertEquals(answer(content), client.readHead() + client.read(content.length()));
    }

    @Test
    void aHandlerMayWaitForAnotherRequestToTheSameWorker() throws Exception {
        try (RawClient waiting = server.connect();
                RawClient opening = server.connect()) {
            for (int i = 0; i < 200; i++) {
                waiting.send(get("/wait/" + i));
                opening.send(get("/open/" + i));
                assertAnswer("opened", opening);
                assertAnswer("waited for " + i, waiting);
            }
        }
    }

    @Test
    void theAnswerBeforeALongHandlerDoesNotWaitForIt() throws Exception {
        try (RawClient client = server.connect();
                RawClient opening = server.connect()) {
            client.send(get("/quick") + get("/wait/a") + get("/quick"));
            assertAnswer("quick", client);
            opening.send(get("/open/a"));
            assertAnswer("opened", opening);
            assertAnswer("waited for a", client);
            assertAnswer("quick", client);
        }
    }

    @Test
    void pipelinedRequestsBehindALongHandlerKeepTheirOrder() throws Exception {
        try (RawClient client = server.connect()) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                requests.append(get(i % 10 == 3 ? "/wait/" + i : "/quick"));
            }
            client.send(requests.toString());
            for (int i = 0; i < 100; i++) {
                if (i % 10 == 3) {
                    latch(entered, "" + i).await();
                    latch(latches, "" + i).countDown();
                    assertAnswer("waited for " + i, client);
                } else {
                    assertAnswer("quick", client);
                }
            }
        }
    }

    @Test
    void contentThatCameInPiecesAndTheRequestBehindItAreNotLost() throws Exception {
        try (RawClient client = server.connect();
                RawClient opening = server.connect()) {
            client.send(
                    """
                    POST /wait/b HTTP/1.1
                    Host: localhost
                    Content-Length: 6

                    abc\
                    """);
            opening.send(get("/quick"));
            assertAnswer("quick", opening);
            client.sendExactly("def" + get("/quick").replace("\n", "\r\n") + "GET /qu");
            opening.send(get("/open/b"));
            assertAnswer("opened", opening);
            assertAnswer("waited for b", client);
            assertAnswer("quick", client);
            client.send(
                    """
                    ick HTTP/1.1
                    Host: localhost

                    """);
            assertAnswer("quick", client);
        }
    }

    @Test
    void aLongHandlerMayAnswerMoreThanTheSocketTakes() throws Exception {
        try (RawClient client = server.connect();
                RawClient other = server.connect()) {
            client.send(get("/large/c") + get("/quick"));
            other.send(get("/open/c"));
            assertAnswer("opened", other);
            for (int i = 0; i < 100; i++) {
                other.send(get("/quick"));
                assertAnswer("quick", other);
            }
            byte[] expected = new byte[LARGE];
            new Random(1).nextBytes(expected);
            client.readHead();
            assertArrayEquals(expected, client.readBytes(LARGE));
            assertAnswer("quick", client);
        }
    }

    @Test
    void aLongHandlerThatFailsIsAnsweredWith500() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(get("/broken/d"));
            try (RawClient opening = server.connect()) {
                opening.send(get("/open/d"));
                assertAnswer("opened", opening);
            }
            String head = client.readHead();
            assertTrue(head.startsWith("HTTP/1.1 500 "), head);
        }
    }

    @Test
    void aClientThatGoesAwayMeanwhileLeavesNothingBehind() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (RawClient client = server.connect()) {
                client.socket().setSoLinger(true, 0);
                client.send(get("/wait/gone" + i) + get("/quick"));
                latch(entered, "gone" + i).await();
            }
            latch(latches, "gone" + i).countDown();
        }
        try (RawClient client = server.connect()) {
            client.send(get("/quick"));
            assertAnswer("quick", client);
            while (server.server().connections() > 1) {
                client.send(get("/quick"));
                assertAnswer("quick", client);
            }
        }
    }

    @Test
    void asManyHandlersMayWaitAsThereAreThreadsAndTheNextKeepsTheLoop() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        try (RawClient other = server.connect()) {
            for (int i = 0; i < 7; i++) {
                RawClient client = server.connect();
                clients.add(client);
                client.send(get("/wait/many" + i));
                latch(entered, "many" + i).await();
            }
            other.send(get("/quick"));
            assertAnswer("quick", other);
            RawClient last = server.connect();
            clients.add(last);
            last.send(get("/wait/many7"));
            latch(entered, "many7").await();
            other.send(get("/quick"));
            latch(latches, "many7").countDown();
            assertAnswer("waited for many7", last);
            assertAnswer("quick", other);
            for (int i = 0; i < 7; i++) {
                latch(latches, "many" + i).countDown();
                assertAnswer("waited for many" + i, clients.get(i));
            }
            other.send(get("/quick"));
            assertAnswer("quick", other);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void applicationCodeLeavesNoTracesOnTheThread() throws Exception {
        try (RawClient client = server.connect();
                RawClient other = server.connect()) {
            for (String before : List.of("null", "left behind")) {
                client.send(get("/traces"));
                assertAnswer(before, client);
                other.send(get("/quick"));
                assertAnswer("quick", other);
            }
            long id = server.server().workerThreadIds().get(0);
            Thread worker =
                    Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.threadId() == id)
                            .findAny()
                            .orElseThrow();
            assertEquals("pounce-worker-0", worker.getName());
            assertEquals(Thread.NORM_PRIORITY, worker.getPriority());
            assertEquals(HttpServer.class.getClassLoader(), worker.getContextClassLoader());
        }
    }

    @Test
    void retiredThreadsTakeTheirThreadLocalsWithThem() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(get("/traces"));
            assertAnswer("null", client);
            long before = server.server().workerThreadIds().get(0);
            server.server().retireThreads();
            assertTrue(server.server().awaitTurns(Long.MAX_VALUE));
            client.send(get("/traces"));
            assertAnswer("null", client);
            assertNotEquals(before, server.server().workerThreadIds().get(0));
            assertNull(find(before), "the thread has ended");
        }
    }

    private static Thread find(long id) throws InterruptedException {
        for (Thread each : Thread.getAllStackTraces().keySet()) {
            if (each.threadId() == id) {
                each.join(10_000);
                return each.isAlive() ? each : null;
            }
        }
        return null;
    }

    @Test
    void aThreadInALongHandlerIsRetiredWhenTheHandlerReturns() throws Exception {
        AtomicReference<Thread> ran = new AtomicReference<>();
        CountDownLatch running = new CountDownLatch(1);
        server.fused(
                FusedRoute.text(
                        "/thread",
                        request -> {
                            ran.set(Thread.currentThread());
                            running.countDown();
                            latch(latches, "thread").await();
                            return "done";
                        }));
        try (RawClient client = server.connect();
                RawClient other = server.connect()) {
            client.send(get("/thread"));
            running.await();
            other.send(get("/quick"));
            assertAnswer("quick", other);
            server.server().retireThreads();
            latch(latches, "thread").countDown();
            assertAnswer("done", client);
            ran.get().join(10_000);
            assertFalse(ran.get().isAlive());
        }
    }

    @Test
    void aThreadThatIsStuckDoesNotKeepTheServerFromStopping() throws Exception {
        try (TestServer stuck = start("timeouts.shutdown", "0")) {
            RawClient client = stuck.connect();
            client.send(get("/wait/stuck"));
            latch(entered, "stuck").await();
            stuck.close();
            assertEquals(0, stuck.server().connections());
            client.close();
        }
    }

    @Test
    void withoutTakeOverAHandlerKeepsTheLoop() throws Exception {
        try (TestServer plain = start("take_over.enabled", "false");
                RawClient waiting = plain.connect();
                RawClient other = plain.connect()) {
            List<Long> leader = plain.server().workerThreadIds();
            waiting.send(get("/wait/plain"));
            latch(entered, "plain").await();
            other.send(get("/quick"));
            latch(latches, "plain").countDown();
            assertAnswer("waited for plain", waiting);
            assertAnswer("quick", other);
            assertEquals(leader, plain.server().workerThreadIds());
        }
    }

    @Test
    void handlersThatWaitForEachOtherWhileClientsPipelineStallAndVanish() throws Exception {
        long seed = new Random().nextLong();
        server.close();
        server = start("take_over.threads", "40");
        AtomicInteger names = new AtomicInteger();
        List<Future<?>> clients = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                Random random = new Random(seed + i);
                clients.add(threads.submit(() -> pair(random, names)));
            }
            for (Future<?> each : clients) {
                each.get();
            }
        } catch (Exception | Error e) {
            throw new AssertionError("seed " + seed, e);
        }
        try (RawClient last = server.connect()) {
            do {
                last.send(get("/quick"));
                assertAnswer("quick", last);
            } while (server.server().connections() > 1);
        }
    }

    private Void pair(Random random, AtomicInteger names) throws Exception {
        try (RawClient waiting = server.connect();
                RawClient opening = server.connect()) {
            for (int round = 0; round < 30; round++) {
                String name = "race" + names.getAndIncrement();
                try (RawClient half = server.connect()) {
                    half.send(get("/quick").substring(0, 5 + random.nextInt(20)));
                    String requests = get("/quick") + get("/wait/" + name) + get("/quick");
                    int cut = random.nextInt(requests.length());
                    waiting.send(requests.substring(0, cut));
                    if (random.nextBoolean()) {
                        Thread.yield();
                    }
                    waiting.send(requests.substring(cut));
                    opening.send(get("/quick").repeat(random.nextInt(5)) + get("/open/" + name));
                    if (random.nextInt(4) == 0) {
                        half.socket().setSoLinger(true, 0);
                    }
                }
                String content;
                do {
                    opening.readHead();
                    content = opening.read(5);
                } while (content.equals("quick"));
                assertEquals("opene", content);
                assertEquals("d", opening.read(1));
                assertAnswer("quick", waiting);
                assertAnswer("waited for " + name, waiting);
                assertAnswer("quick", waiting);
            }
        }
        return null;
    }
}
