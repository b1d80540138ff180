package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.Suspension;
import dev.pounce.exchange.Upgrade;
import dev.pounce.exchange.UpgradedConnection;
import dev.pounce.route.RequestQueue;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Handlers that may wait start in place, and nobody has to wait for those that do. */
@Timeout(120)
class InPlaceTest {
    private static final int LARGE = 8 << 20;
    private static final String ON_WORKER = "pounce-worker-0";
    private static final String ALONE = "pounce-exchange";

    private final Semaphore opened = new Semaphore(0);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final BlockingQueue<Exchange> suspended = new LinkedBlockingQueue<>();

    /** Whose loop is taken by nothing but a wait of our own, however busy the machine is. */
    private TestServer server = new TestServer(config -> config.with("take_over.after", "1m"));

    InPlaceTest() throws IOException {}

    @AfterEach
    void stop() throws InterruptedException {
        opened.release(1_000_000);
        server.close();
    }

    private void restart(String setting, String value) throws Exception {
        server.close();
        server = new TestServer(config -> config.with(setting, value));
    }

    private static String get(String path) {
        return """
        GET %s HTTP/1.1
        Host: localhost

        """
                .formatted(path);
    }

    private static void answer(Exchange exchange, String text) throws IOException {
        exchange.response().fields().set("Content-Type", "text/plain");
        exchange.response().finish(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void nameThread(Exchange exchange) throws IOException {
        answer(exchange, Thread.currentThread().getName());
    }

    private static String content(RawClient client) throws IOException {
        String head = client.readHead();
        assertTrue(head.startsWith("HTTP/1.1 200 OK\n"), head);
        return client.read(
                Integer.parseInt(head.replaceAll("(?s).*\nContent-Length: (\\d+)\n.*", "$1")));
    }

    private String content(String request) throws IOException {
        try (RawClient client = server.connect()) {
            return content(client.send(request));
        }
    }

    // --- where it runs -------------------------------------------------------------------------

    @Test
    void aHandlerStartsOnTheWorkerAndWithoutTakeOverOnAVirtualThread() throws Exception {
        server.learned("/name", InPlaceTest::nameThread);
        assertEquals(ON_WORKER, content(get("/name")));
        restart("take_over.enabled", "false");
        server.learned("/name", InPlaceTest::nameThread);
        assertEquals(ALONE, content(get("/name")));
    }

    @Test
    void contentThatIsThereIsReadInPlaceAndOtherContentOnAVirtualThread() throws Exception {
        server.learned(
                "/read",
                exchange -> {
                    byte[] content = exchange.body().readAll(100_000);
                    answer(exchange, content.length + " " + Thread.currentThread().getName());
                });
        String post =
                """
                POST /read HTTP/1.1
                Host: localhost
                Content-Length: 6

                abc\
                """;
        assertEquals("6 " + ON_WORKER, content(post + "def"));
        try (RawClient client = server.connect();
                RawClient other = server.connect()) {
            client.send(post);
            // answered by the same worker, so the first part was served before
            other.send(post + "def");
            assertEquals("6 " + ON_WORKER, content(other));
            client.sendExactly("def");
            assertEquals("6 " + ALONE, content(client));
        }
    }

    @Test
    void aRouteThatWaitsGoesToOtherThreadsAndComesBackWhenItHasProvenShort() throws Exception {
        restart("take_over.after", "1ms");
        Semaphore inside = new Semaphore(0);
        server.learned(
                        "/gate",
                        exchange -> {
                            inside.release();
                            opened.acquire();
                            nameThread(exchange);
                        })
                .learned("/name", InPlaceTest::nameThread);
        try (RawClient client = server.connect();
                RawClient other = server.connect()) {
            int inPlace = 0;
            while (server.server().metrics().snapshot().routesSlowed() == 0) {
                client.send(get("/gate"));
                inside.acquire();
                // another connection of the same worker: its loop is taken over
                other.send(get("/name"));
                assertTrue(content(other).startsWith(ON_WORKER));
                opened.release();
                assertTrue(content(client).startsWith(ON_WORKER));
                inPlace++;
            }
            assertEquals(3, inPlace);
            client.send(get("/gate"));
            opened.release();
            assertTrue(content(client).startsWith(ALONE + "-"), "on a platform thread");

            opened.release(1_000_000);
            while (content(client.send(get("/gate"))).startsWith(ALONE)) {
                assertEquals(1, server.server().metrics().snapshot().routesSlowed());
            }
            assertEquals(1, server.server().metrics().snapshot().routesRestored());
        }
    }

    // --- what gives the loop away --------------------------------------------------------------

    @Test
    void whoeverWaitsForASocketThatIsFullGivesTheLoopAwayAtOnce() throws Exception {
        byte[] large = new byte[LARGE];
        new Random(1).nextBytes(large);
        server.learned(
                        "/large",
                        exchange -> {
                            entered.countDown();
                            exchange.response().write(large, 0, LARGE);
                        })
                .learned("/name", InPlaceTest::nameThread);
        try (RawClient client = server.connect();
                RawClient other = server.connect()) {
            client.send(get("/name") + get("/large") + get("/name"));
            assertEquals(ON_WORKER, content(client), "sent before what comes behind it is whole");
            entered.await();
            for (int i = 0; i < 10; i++) {
                assertEquals(ON_WORKER + "-1", content(other.send(get("/name"))));
            }
            String head = client.readHead();
            assertTrue(head.contains("\nTransfer-Encoding: chunked\n"), head);
            java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
            for (byte[] chunk = client.readChunk(); chunk.length > 0; chunk = client.readChunk()) {
                all.writeBytes(chunk);
            }
            assertArrayEquals(large, all.toByteArray());
            assertEquals(ON_WORKER + "-1", content(client), "the loop has another leader now");
        }
    }

    @Test
    void muchContentIsNotEncodedByWhoeverLeads() throws Exception {
        byte[] text = "some content to encode ".repeat(4000).getBytes(StandardCharsets.US_ASCII);
        server.learned(
                "/encoded/*",
                exchange -> {
                    exchange.response().fields().set("Content-Type", "text/plain");
                    int length = Integer.parseInt(exchange.path().substring("/encoded/".length()));
                    exchange.response().write(text, 0, length);
                    exchange.response().finish();
                });
        String accepting = "HTTP/1.1\nHost: localhost\nAccept-Encoding: gzip\n\n";
        for (int length : new int[] {30_000, 40_000}) {
            try (RawClient client = server.connect()) {
                client.send("GET /encoded/" + length + " " + accepting);
                String head = client.readHead();
                assertTrue(head.contains("\nContent-Encoding: gzip\n"), head);
                while (client.readChunk().length > 0) {}
                assertEquals(
                        length > 32 << 10 ? 1 : 0,
                        server.server().metrics().snapshot().takenOver(),
                        length + " bytes");
            }
        }
    }

    @Test
    void aThreadThatWaitsDoesNotKeepTheLoopForLackOfAnother() throws Exception {
        server.close();
        server =
                new TestServer(
                        config ->
                                config.with("take_over.after", "1m")
                                        .with("take_over.threads", "2"));
        server.learned("/large", exchange -> exchange.response().write(new byte[LARGE], 0, LARGE))
                .learned("/name", InPlaceTest::nameThread);
        try (RawClient first = server.connect();
                RawClient second = server.connect();
                RawClient third = server.connect();
                RawClient other = server.connect()) {
            first.send(get("/large"));
            first.readHead();
            second.send(get("/large"));
            second.readHead();
            third.send(get("/large"));
            third.readHead();
            assertEquals(
                    ALONE, content(other.send(get("/name"))), "no thread to take over is left");
        }
    }

    // --- what outlives its handler -------------------------------------------------------------

    @Test
    void anExchangeThatIsSuspendedInPlaceKeepsWhatItHas() throws Exception {
        server.learned(
                        "/suspended/*",
                        exchange -> {
                            exchange.suspension().suspend();
                            suspended.add(exchange);
                        })
                .learned("/name", InPlaceTest::nameThread);
        try (RawClient client = server.connect();
                RawClient other = server.connect()) {
            for (int i = 0; i < 3; i++) {
                client.send(
                        get("/name")
                                + """
                                POST /suspended/%d HTTP/1.1
                                Host: localhost
                                X-Test: kept %d
                                Content-Length: 4

                                body\
                                """
                                        .formatted(i, i)
                                + get("/name"));
                assertEquals(ON_WORKER, content(client));
                Exchange exchange = suspended.take();
                for (int each = 0; each < 10; each++) {
                    // over the bytes that it was received in
                    assertEquals(ON_WORKER, content(other.send(get("/name?" + "x".repeat(200)))));
                }
                while (!exchange.suspension()
                        .resume(
                                resumed ->
                                        answer(
                                                resumed,
                                                resumed.path()
                                                        + " "
                                                        + resumed.request().field("X-Test")
                                                        + " "
                                                        + new String(
                                                                resumed.body().readAll(10),
                                                                StandardCharsets.US_ASCII)))) {
                    Thread.onSpinWait();
                }
                assertEquals("/suspended/" + i + " kept " + i + " body", content(client));
                assertEquals(ON_WORKER, content(client));
            }
        }
    }

    @Test
    void anExchangeThatIsResumedBeforeItsHandlerReturnsGoesOnInPlace() throws Exception {
        server.learned(
                "/at-once",
                exchange -> {
                    Suspension suspension = exchange.suspension();
                    suspension.suspend();
                    assertTrue(suspension.resume(InPlaceTest::nameThread));
                });
        try (RawClient client = server.connect()) {
            for (int i = 0; i < 3; i++) {
                client.send(get("/at-once") + get("/at-once"));
                assertEquals(ON_WORKER, content(client));
                assertEquals(ON_WORKER, content(client));
            }
        }
    }

    @Test
    void anotherProtocolIsSpokenOnAThreadOfItsOwn() throws Exception {
        server.learned(
                        "/upgrade",
                        exchange ->
                                exchange.upgrade(
                                        new Upgrade() {
                                            @Override
                                            public void begin(UpgradedConnection connection)
                                                    throws IOException {
                                                ByteBuffer echoed = ByteBuffer.allocate(4);
                                                connection.read(echoed);
                                                connection.write(echoed.flip());
                                                String name = Thread.currentThread().getName();
                                                connection.write(ByteBuffer.wrap(name.getBytes()));
                                                connection.close();
                                            }

                                            @Override
                                            public void ended() {}
                                        }))
                .learned("/name", InPlaceTest::nameThread);
        try (RawClient client = server.connect()) {
            client.send(
                    get("/name")
                            + """
                            GET /upgrade HTTP/1.1
                            Host: localhost
                            Connection: Upgrade
                            Upgrade: test

                            echo\
                            """);
            assertEquals(ON_WORKER, content(client));
            String head = client.readHead();
            assertTrue(head.startsWith("HTTP/1.1 101 "), head);
            assertEquals("echo" + ALONE, client.readToEnd());
        }
    }

    // --- what it shares ------------------------------------------------------------------------

    @Test
    void aHandlerInPlaceTakesAPlaceOfTheQueue() throws Exception {
        restart("take_over.after", "1ms");
        RequestQueue queue = new RequestQueue(1, 1, TimeUnit.MINUTES.toNanos(1));
        server.queue(queue)
                .learned(
                        "/gate",
                        exchange -> {
                            entered.countDown();
                            opened.acquire();
                            nameThread(exchange);
                        })
                .learned("/name", InPlaceTest::nameThread);
        try (RawClient client = server.connect();
                RawClient other = server.connect()) {
            client.send(get("/gate"));
            entered.await();
            assertEquals(1, queue.running());
            other.send(get("/name"));
            while (queue.waiting() == 0) {
                Thread.onSpinWait();
            }
            opened.release();
            content(client);
            assertEquals(ALONE, content(other), "it waited, and holds no loop");
            assertTrue(content(client.send(get("/name"))).startsWith(ON_WORKER));
            assertEquals(0, queue.running());
        }
    }

    @Test
    void pipelinedAnswersLeaveTogetherAndInOrder() throws Exception {
        server.learned("/n/*", exchange -> answer(exchange, exchange.path().substring(3)))
                .learned(
                        "/flushed/*",
                        exchange -> {
                            exchange.response().write(new byte[] {'a'}, 0, 1);
                            exchange.response().flush();
                            exchange.response().write(new byte[] {'b'}, 0, 1);
                        });
        try (RawClient client = server.connect()) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                requests.append(get((i % 10 == 3 ? "/flushed/" : "/n/") + i));
            }
            client.send(requests.toString());
            for (int i = 0; i < 100; i++) {
                if (i % 10 == 3) {
                    client.readHead();
                    assertArrayEquals(new byte[] {'a'}, client.readChunk());
                    assertArrayEquals(new byte[] {'b'}, client.readChunk());
                    assertEquals(0, client.readChunk().length);
                } else {
                    assertEquals(Integer.toString(i), content(client));
                }
            }
        }
    }

    @Test
    void aHandlerThatFailsOrCutsOffInPlaceIsAnsweredAsAnywhere() throws Exception {
        server.learned(
                        "/fails",
                        exchange -> {
                            throw new IllegalStateException("on purpose");
                        })
                .learned(
                        "/cut",
                        exchange -> {
                            exchange.response().write(new byte[10], 0, 10);
                            exchange.response().flush();
                            throw new IllegalStateException("on purpose");
                        })
                .learned("/name", InPlaceTest::nameThread);
        try (RawClient client = server.connect()) {
            client.send(get("/fails") + get("/name"));
            String head = client.readHead();
            assertTrue(head.startsWith("HTTP/1.1 500 "), head);
            client.read("500 Internal Server Error\n".length());
            assertEquals(ON_WORKER, content(client));
            client.send(get("/cut"));
            client.readHead();
            client.readChunk();
            org.junit.jupiter.api.Assertions.assertThrows(
                    IOException.class, client::readChunk, "it ends visibly");
        }
        assertEquals(ON_WORKER, content(get("/name")));
    }

    @Test
    void tracesOfAHandlerAreWipedAndItsThreadEndsWithItsApplication() throws Exception {
        server.learned(
                        "/traces",
                        exchange -> {
                            Thread thread = Thread.currentThread();
                            nameThread(exchange);
                            thread.interrupt();
                            thread.setName("renamed");
                            thread.setContextClassLoader(null);
                        })
                .learned(
                        "/name",
                        exchange ->
                                answer(
                                        exchange,
                                        Thread.currentThread().getName()
                                                + " "
                                                + Thread.currentThread().getContextClassLoader()));
        String clean = ON_WORKER + " " + InPlaceTest.class.getClassLoader();
        try (RawClient client = server.connect()) {
            client.send(get("/traces") + get("/name"));
            assertEquals(ON_WORKER, content(client));
            assertEquals(clean, content(client));
            long before = server.server().workerThreadIds().get(0);
            server.server().retireThreads();
            while (server.server().workerThreadIds().get(0) == before) {
                Thread.onSpinWait();
            }
            assertNotEquals(clean, content(client.send(get("/name"))));
        }
    }
}
