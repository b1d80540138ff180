package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.Suspension;
import dev.pounce.route.FusedRoute;
import dev.pounce.route.RequestQueue;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** More requests of an application than may run at a time. */
class RequestQueueTest {
    private static final long WAIT = TimeUnit.SECONDS.toNanos(10);

    private final AtomicLong clock = new AtomicLong(TimeUnit.HOURS.toNanos(1));
    private final RequestQueue queue = new RequestQueue(1, 2, WAIT);
    private final Semaphore go = new Semaphore(0);
    private final BlockingQueue<String> began = new LinkedBlockingQueue<>();
    private final BlockingQueue<Suspension> suspended = new LinkedBlockingQueue<>();
    private final TestServer server =
            new TestServer(
                            config ->
                                    config.with("timeouts.shutdown", "0")
                                            .with("keep_alive.timeout", "1h")
                                            .with("server_timing", "on"),
                            clock::get)
                    .queue(queue)
                    .fused(FusedRoute.bytes("/hello", request -> new byte[13]))
                    .handler("/wait/*", this::answerWhenTold)
                    .handler("/async", this::suspend);
    private final List<RawClient> clients = new ArrayList<>();

    RequestQueueTest() throws IOException {}

    private void answerWhenTold(Exchange exchange) throws Exception {
        began.add(exchange.path());
        go.acquire();
        exchange.response().finish("done\n".getBytes());
    }

    private void suspend(Exchange exchange) {
        Suspension suspension = exchange.suspension();
        suspension.suspend();
        suspended.add(suspension);
    }

    @AfterEach
    void stop() throws Exception {
        go.release(1000);
        for (RawClient client : clients) {
            client.close();
        }
        server.close();
    }

    private RawClient ask(String path) throws IOException {
        RawClient client = server.connect();
        clients.add(client);
        return client.send("GET " + path + " HTTP/1.1\nHost: localhost\n\n");
    }

    private RawClient askAndSee(String path) throws IOException, InterruptedException {
        RawClient client = ask(path);
        assertEquals(path, began.take());
        return client;
    }

    /** A request that waits was seen by the worker. */
    private RawClient askAndWait(String path) throws IOException {
        int before = queue.waiting();
        RawClient client = ask(path);
        while (queue.waiting() == before) {
            Thread.onSpinWait();
        }
        return client;
    }

    private static String answer(RawClient client) throws IOException {
        String head = client.readHead();
        assertTrue(head.startsWith("HTTP/1.1 200 OK\n"), head);
        assertEquals("done\n", client.read(5));
        return head;
    }

    private static void assertRefused(RawClient client) throws IOException {
        String head = client.readHead();
        assertTrue(head.startsWith("HTTP/1.1 503 Service Unavailable\n"), head);
        assertTrue(head.contains("\nRetry-After: 5\n"), head);
        assertTrue(head.contains("\nPounce-Error: POUNCE_LIMIT_REQUESTS\n"), head);
        client.read("503 Service Unavailable\n".length());
    }

    @Test
    void requestsBeyondThoseThatMayRunWaitInOrder() throws Exception {
        RawClient first = askAndSee("/wait/1");
        RawClient second = askAndWait("/wait/2");
        RawClient third = askAndWait("/wait/3");
        assertEquals(1, queue.running());
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(5));
        go.release();
        answer(first);
        assertEquals("/wait/2", began.take());
        go.release();
        String head = answer(second);
        assertTrue(head.contains("queue;dur=5.000, app;dur=0.000,"), head);
        assertEquals("/wait/3", began.take());
        go.release();
        answer(third);
    }

    @Test
    void aRequestThatMayNotEvenWaitIsRefusedAndItsConnectionIsKept() throws Exception {
        RawClient first = askAndSee("/wait/1");
        RawClient second = askAndWait("/wait/2");
        RawClient third = askAndWait("/wait/3");
        RawClient refused = ask("/wait/4");
        assertRefused(refused);
        go.release(4);
        answer(first);
        answer(second);
        answer(third);
        refused.send("GET /wait/5 HTTP/1.1\nHost: localhost\n\n");
        answer(refused);
        assertEquals(1, server.server().metrics().snapshot().requestsRefused());
    }

    @Test
    void whoWaitsForTooLongIsRefusedAndTheRestGoesOn() throws Exception {
        RawClient first = askAndSee("/wait/1");
        RawClient second = askAndWait("/wait/2");
        pass(6);
        RawClient third = askAndWait("/wait/3");
        pass(6);
        assertRefused(second);
        assertEquals(1, queue.waiting());
        go.release(2);
        answer(first);
        answer(third);
        second.send("GET /wait/4 HTTP/1.1\nHost: localhost\n\n");
        go.release();
        answer(second);
    }

    /** Moves the clock; the worker looks at it when there is something to do. */
    private void pass(int seconds) throws IOException {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        try (RawClient client = server.connect()) {
            for (int i = 0; i < 2; i++) {
                client.send("GET /hello HTTP/1.1\nHost: localhost\n\n").readHead();
                client.read(13);
            }
        }
    }

    @Test
    void aSuspendedRequestLeavesItsPlaceAndGoesOnWithoutWaiting() throws Exception {
        RawClient asynchronous = ask("/async");
        Suspension suspension = suspended.take();
        while (queue.running() > 0) {
            Thread.onSpinWait();
        }
        RawClient first = askAndSee("/wait/1");
        suspension.resume(exchange -> exchange.response().finish("done\n".getBytes()));
        answer(asynchronous);
        go.release();
        answer(first);
    }

    @Test
    void nobodyIsForgottenWhenManyComeAndGo() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        RequestQueue two = new RequestQueue(2, 64, WAIT);
        try (TestServer busy =
                new TestServer(config -> config.withWorkers(2))
                        .queue(two)
                        .handler(
                                "/busy",
                                exchange -> {
                                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                                    Thread.yield();
                                    running.decrementAndGet();
                                    exchange.response().finish("done\n".getBytes());
                                })) {
            List<Thread> threads = new ArrayList<>();
            AtomicInteger answers = new AtomicInteger();
            for (int i = 0; i < 32; i++) {
                threads.add(Thread.ofVirtual().start(() -> askOften(busy, 100, answers)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(3200, answers.get());
            assertEquals(2, most.get());
            while (two.running() > 0) {
                Thread.onSpinWait();
            }
            assertEquals(0, two.waiting());
        }
    }

    private static void askOften(TestServer server, int times, AtomicInteger answers) {
        try (RawClient client = server.connect()) {
            for (int i = 0; i < times; i++) {
                client.send("GET /busy HTTP/1.1\nHost: localhost\n\n");
                answer(client);
                answers.incrementAndGet();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
