package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.route.FusedRoute;
import dev.pounce.testing.Await;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Every time that a client may take, with a clock that the test moves. */
class ConnectionDeadlineTest {
    private static final int LARGE = 16 << 20;

    private final AtomicLong clock = new AtomicLong(TimeUnit.HOURS.toNanos(1));

    /** Bytes of content that the thread of /streamed has read. */
    private final AtomicLong consumed = new AtomicLong();

    private final TestServer server =
            new TestServer(
                            config ->
                                    config.with("timeouts.shutdown", "0")
                                            .with("timeouts.head", "10s")
                                            .with("timeouts.body", "20s")
                                            .with("timeouts.write", "30s")
                                            .with("keep_alive.timeout", "5s")
                                            .with("limits.body_rate", "100"),
                            clock::get)
                    .fused(FusedRoute.bytes("/hello", request -> new byte[13]))
                    .fused(FusedRoute.bytes("/large", request -> new byte[LARGE]))
                    .fused(FusedRoute.bytes("/fused", request -> new byte[2]).methods("POST"))
                    .handler(
                            "/streamed",
                            exchange -> {
                                byte[] some = new byte[1000];
                                int count = exchange.body().read(some, 0, some.length);
                                while (count >= 0) {
                                    consumed.addAndGet(count);
                                    count = exchange.body().read(some, 0, some.length);
                                }
                                exchange.response().finish(new byte[2]);
                            })
                    .handler("/long", exchange -> exchange.response().finish(new byte[LARGE]));

    ConnectionDeadlineTest() throws IOException {}

    @AfterEach
    void stop() throws InterruptedException {
        server.close();
    }

    /** Moves the clock between two times at which the worker has seen all that was sent. */
    private void pass(int seconds) throws Exception {
        ask();
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        ask();
        ask();
    }

    /** On a connection of its own, for which no time has passed. */
    private void ask() throws IOException {
        try (RawClient client = server.connect()) {
            ask(client);
        }
    }

    private static void ask(RawClient client) throws IOException {
        client.send(
                """
                GET /hello HTTP/1.1
                Host: localhost

                """);
        client.readHead();
        client.read(13);
    }

    private static void assertTimeout(RawClient client) throws IOException {
        String answer = client.readToEnd();
        assertTrue(answer.startsWith("HTTP/1.1 408 Request Timeout\n"), answer);
        assertTrue(answer.contains("Connection: close\n"), answer);
        assertTrue(answer.contains("Pounce-Error: POUNCE_TIMEOUT_REQUEST\n"), answer);
    }

    @Test
    void aByteAtATimeDoesNotGiveAHeadMoreTime() throws Exception {
        try (RawClient client = server.connect()) {
            ask(client);
            for (char c : "GET /hell".toCharArray()) {
                client.sendExactly(String.valueOf(c));
                pass(1);
            }
            client.sendExactly("o");
            pass(2);
            assertTimeout(client);
        }
    }

    @Test
    void aHeadThatCameInTimeIsServed() throws Exception {
        try (RawClient client = server.connect()) {
            client.sendExactly("GET /hello HTTP/1.1\r\nHo");
            pass(9);
            client.sendExactly("st: localhost\r\n\r\n");
            client.readHead();
            client.read(13);
        }
    }

    @Test
    void aConnectionIsKeptAliveForItsTimeFromTheFirstRequestOn() throws Exception {
        try (RawClient client = server.connect()) {
            ask(client);
            pass(4);
            ask(client);
            pass(4);
            ask(client);
            pass(6);
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void aConnectionWithoutARequestIsClosedWithoutAnAnswer() throws Exception {
        try (RawClient client = server.connect()) {
            pass(9);
            pass(2);
            assertEquals("", client.readToEnd());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fused", "/streamed"})
    void contentThatComesFastEnoughMayTakeLongerThanItsAllowance(String path) throws Exception {
        try (RawClient client = server.connect()) {
            begin(client, path, 8000);
            for (int i = 0; i < 8; i++) {
                client.sendBytes(new byte[999]);
                awaitConsumed(client, path, 999L * (i + 1));
                pass(10);
            }
            client.sendBytes(new byte[8]);
            client.readHead();
            client.read(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fused", "/streamed"})
    void contentThatComesTooSlowlyIsRefused(String path) throws Exception {
        try (RawClient client = server.connect()) {
            begin(client, path, 8000);
            // a virtual thread counts what it waits itself, and may begin late
            for (int sent = 0; sent < 3000 && client.in().available() == 0; sent += 100) {
                client.sendBytes(new byte[100]);
                awaitConsumed(client, path, sent + 100L);
                pass(5);
            }
            assertTimeout(client);
        }
    }

    /** A thread of its own may see what came only after the clock has moved. */
    private void awaitConsumed(RawClient client, String path, long count) throws Exception {
        if (path.equals("/streamed")) {
            Await.until(() -> consumed.get() >= count || client.in().available() > 0);
        }
    }

    private static void begin(RawClient client, String path, int length) throws IOException {
        client.send(
                """
                POST %s HTTP/1.1
                Host: localhost
                Content-Length: %d

                """
                        .formatted(path, length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/large", "/long"})
    void aClientThatTakesNothingIsReset(String path) throws Exception {
        try (RawClient client = server.connect()) {
            beginLong(client, path);
            // the kernel may take more for a while, and a virtual thread begin to wait later
            while (open() > 1) {
                pass(10);
            }
        }
    }

    private static void beginLong(RawClient client, String path) throws IOException {
        client.send(
                """
                GET %s HTTP/1.1
                Host: localhost

                """
                        .formatted(path));
        client.readHead();
    }

    /** The connections, one that asks among them. */
    private int open() throws IOException {
        try (RawClient client = server.connect()) {
            ask(client);
            return server.server().connections();
        }
    }
}
