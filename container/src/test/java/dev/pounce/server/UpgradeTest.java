package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.exchange.ClientGoneException;
import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.UpgradedConnection;
import dev.pounce.route.FusedRoute;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** RFC 9110 section 7.8: the connection is handed over with what came behind the request. */
class UpgradeTest {
    private static final String REQUEST =
            """
            GET /echo HTTP/1.1
            Host: localhost
            Connection: Upgrade
            Upgrade: echo, other

            """;
    private static final String SWITCHING =
            """
            HTTP/1.1 101 Switching Protocols
            Upgrade: echo
            Connection: Upgrade

            """;

    private final AtomicLong clock = new AtomicLong(TimeUnit.HOURS.toNanos(1));
    private final BlockingQueue<UpgradedConnection> upgraded = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> ends = new LinkedBlockingQueue<>();
    private final TestServer server =
            new TestServer(config -> config.with("timeouts.shutdown", "0"), clock::get)
                    .fused(FusedRoute.bytes("/hello", request -> new byte[13]))
                    .handler("/echo", exchange -> exchange.upgrade(this::echo))
                    .handler("/kept", exchange -> exchange.upgrade(upgraded::add))
                    .handler(
                            "/fails",
                            exchange ->
                                    exchange.upgrade(
                                            connection -> {
                                                throw new IllegalStateException("on purpose");
                                            }))
                    .handler("/late", UpgradeTest::tooLate);

    UpgradeTest() throws IOException {}

    private void echo(UpgradedConnection connection) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
        try {
            while (connection.read(buffer.clear()) >= 0) {
                connection.write(buffer.flip());
            }
            connection.close();
        } catch (IOException e) {
            ends.add(e);
        }
    }

    private static void tooLate(Exchange exchange) throws IOException {
        exchange.response().finish("done\n".getBytes(StandardCharsets.US_ASCII));
        assertThrows(IllegalStateException.class, () -> exchange.upgrade(connection -> {}));
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.close();
    }

    @Test
    void whatCameBehindTheRequestIsReadFirst() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(REQUEST + "one\ntwo\n");
            assertEquals(SWITCHING, client.readHead());
            assertEquals("one\r\ntwo\r\n", client.read(10));
            client.sendExactly("three");
            assertEquals("three", client.read(5));
            client.shutdownOutput();
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void theContentOfTheRequestIsNotTakenForTheOtherProtocol() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    POST /echo HTTP/1.1
                    Host: localhost
                    Connection: Upgrade
                    Upgrade: echo
                    Content-Length: 5

                    12345other\
                    """);
            assertEquals(SWITCHING, client.readHead());
            assertEquals("other", client.read(5));
        }
    }

    @Test
    void bothDirectionsFlowAtOnceAndNoByteIsLost() throws Exception {
        byte[] sent = new byte[8 << 20];
        new Random(42).nextBytes(sent);
        try (RawClient client = server.connect()) {
            client.send(REQUEST);
            client.readHead();
            CompletableFuture<Void> sending =
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    client.sendBytes(sent);
                                    client.shutdownOutput();
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            assertArrayEquals(sent, client.readBytes(sent.length));
            sending.join();
            assertEquals("", client.readToEnd());
        }
    }

    @Test
    void readerAndWriterWaitAtTheSameTime() throws Exception {
        byte[] large = new byte[8 << 20];
        try (RawClient client = kept()) {
            UpgradedConnection connection = upgraded.take();
            CompletableFuture<Integer> reading =
                    CompletableFuture.supplyAsync(() -> read(connection));
            CompletableFuture<Void> writing =
                    CompletableFuture.runAsync(() -> write(connection, large));
            client.sendExactly("x");
            assertEquals(1, reading.join());
            assertEquals(large.length, client.readBytes(large.length).length);
            writing.join();
            connection.close();
            assertEquals("", client.readToEnd());
        }
    }

    private RawClient kept() throws IOException {
        RawClient client = server.connect();
        client.send(REQUEST.replace("/echo", "/kept"));
        assertEquals(SWITCHING, client.readHead());
        return client;
    }

    private static int read(UpgradedConnection connection) {
        try {
            return connection.read(ByteBuffer.allocate(100));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(UpgradedConnection connection, byte[] content) {
        try {
            connection.write(ByteBuffer.wrap(content));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theDeadlinesOfHttpEnd() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(REQUEST);
            client.readHead();
            pass(TimeUnit.HOURS.toSeconds(10));
            client.sendExactly("still here");
            assertEquals("still here", client.read(10));
        }
    }

    /** Moves the clock; the worker looks at it when there is something to do. */
    private void pass(long seconds) throws IOException {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        try (RawClient other = server.connect()) {
            for (int i = 0; i < 2; i++) {
                other.send("GET /hello HTTP/1.1\nHost: localhost\n\n").readHead();
                other.read(13);
            }
        }
    }

    @Test
    void aReadMayHaveALimitAndTheConnectionStaysUsable() throws Exception {
        try (RawClient client = kept()) {
            UpgradedConnection connection = upgraded.take();
            connection.readTimeout(TimeUnit.SECONDS.toNanos(3));
            CompletableFuture<Throwable> reading =
                    CompletableFuture.supplyAsync(
                            () ->
                                    assertThrows(
                                            SocketTimeoutException.class,
                                            () -> connection.read(ByteBuffer.allocate(1))));
            while (!reading.isDone()) {
                pass(1);
            }
            connection.write(ByteBuffer.wrap("late".getBytes(StandardCharsets.US_ASCII)));
            assertEquals("late", client.read(4));
            connection.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClientThatVanishesIsNoticed(boolean reset) throws Exception {
        RawClient client = server.connect();
        client.send(REQUEST);
        client.readHead();
        if (reset) {
            client.socket().setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        client.close();
        if (reset) {
            assertEquals(ClientGoneException.class, ends.take().getClass());
        }
        while (server.server().connections() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whoeverClosesEndsTheWaitOfTheReader() throws Exception {
        try (RawClient client = kept()) {
            UpgradedConnection connection = upgraded.take();
            CompletableFuture<Throwable> reading =
                    CompletableFuture.supplyAsync(
                            () ->
                                    assertThrows(
                                            ClientGoneException.class,
                                            () -> connection.read(ByteBuffer.allocate(1))));
            connection.write(ByteBuffer.wrap("bye".getBytes(StandardCharsets.US_ASCII)));
            connection.close();
            connection.close();
            assertEquals("bye", client.readToEnd());
            reading.join();
        }
    }

    @Test
    void aFailureResetsTheConnection() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(REQUEST.replace("/echo", "/fails"));
            assertThrows(
                    IOException.class,
                    () -> {
                        client.readHead();
                        client.readBytes(1);
                    });
        }
    }

    @Test
    void withoutAnyProtocolItIsAnErrorOfTheApplication() throws Exception {
        try (RawClient client = server.connect()) {
            client.send("GET /echo HTTP/1.1\nHost: localhost\n\n");
            assertTrue(client.readHead().startsWith("HTTP/1.1 500 "));
        }
    }

    @Test
    void http10HasNoUpgrade() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(REQUEST.replace("HTTP/1.1", "HTTP/1.0"));
            assertTrue(client.readHead().startsWith("HTTP/1.1 500 "));
        }
    }

    @Test
    void aCommittedResponseHasNoUpgrade() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(REQUEST.replace("/echo", "/late"));
            assertTrue(client.readHead().startsWith("HTTP/1.1 200 OK\n"));
            assertEquals("done\n", client.read(5));
        }
    }

    @Test
    void theEndOfTheServerEndsIt() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(REQUEST);
            client.readHead();
            server.close();
            assertEquals(ClientGoneException.class, ends.take().getClass());
        }
    }
}
