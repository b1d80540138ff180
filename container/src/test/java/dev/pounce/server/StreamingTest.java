package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdInputStream;

import dev.pounce.exchange.ClientGoneException;
import dev.pounce.exchange.Response;
import dev.pounce.testing.ChunkedInput;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

@Timeout(120)
class StreamingTest {
    private static final int EVENTS = 1000;
    private final Semaphore confirmed = new Semaphore(1);
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        server.handler(
                "/events",
                exchange -> {
                    Response response = exchange.response();
                    response.fields().set("Content-Type", "text/event-stream");
                    for (int i = 0; i < EVENTS; i++) {
                        awaitConfirmation(i);
                        byte[] event = event(i).getBytes(StandardCharsets.UTF_8);
                        response.write(event, 0, event.length);
                        response.flush();
                    }
                });
        server.handler(
                "/unflushed/*",
                exchange -> {
                    Response response = exchange.response();
                    String type = exchange.path().substring("/unflushed/".length());
                    response.fields().set("Content-Type", type + ";charset=utf-8");
                    for (int i = 0; i < EVENTS; i++) {
                        awaitConfirmation(i);
                        byte[] event = event(i).getBytes(StandardCharsets.UTF_8);
                        if (i % 2 == 0) {
                            response.write(event, 0, event.length);
                        } else {
                            response.write(ByteBuffer.wrap(event));
                        }
                    }
                });
        server.handler("/confirm", exchange -> confirmed.release());
        server.handler(
                "/page",
                exchange -> {
                    exchange.response().fields().set("Content-Type", "text/html; charset=utf-8");
                    exchange.response().fields().set("ETag", "\"1\"");
                    byte[] page = page();
                    for (int at = 0; at < page.length; at += 1000) {
                        exchange.response().write(page, at, Math.min(1000, page.length - at));
                    }
                });
        server.handler(
                "/small",
                exchange -> {
                    exchange.response().fields().set("Content-Type", "text/plain");
                    exchange.response().write("small".getBytes(StandardCharsets.UTF_8), 0, 5);
                });
        server.handler(
                "/short",
                exchange -> {
                    exchange.response().contentLength(10);
                    exchange.response().write(new byte[5], 0, 5);
                });
        server.handler(
                "/endless",
                exchange -> {
                    byte[] part = new byte[64 << 10];
                    try {
                        while (true) {
                            exchange.response().write(part, 0, part.length);
                            exchange.response().flush();
                        }
                    } catch (IOException e) {
                        failures.add(e);
                    }
                    Response response = exchange.response();
                    failures.add(thrownBy(() -> response.write(part, 0, part.length)));
                    failures.add(thrownBy(response::flush));
                    ended.countDown();
                });
        server.handler(
                "/echo",
                exchange -> {
                    byte[] content = exchange.body().readAll(16 << 20);
                    exchange.response().write(content, 0, content.length);
                });
    }

    private void awaitConfirmation(int event) throws Exception {
        if (!confirmed.tryAcquire(10, TimeUnit.SECONDS)) {
            throw new IOException("event " + event + " was never confirmed");
        }
    }

    @AfterEach
    void stop() throws Exception {
        assertEquals(0, server.server().encodersInUse());
        server.close();
    }

    private static Throwable thrownBy(Executable code) {
        return assertThrows(Throwable.class, code);
    }

    /** As a PrintWriter does, which keeps the failure to itself. */
    @Test
    void whoWritesOnAfterTheClientWentIsToldSo() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /endless HTTP/1.1
                    Host: localhost

                    """);
            client.readHead();
        }
        assertTrue(ended.await(10, TimeUnit.SECONDS));
        for (Throwable each : failures) {
            assertEquals(ClientGoneException.class, each.getClass(), each.toString());
        }
        assertEquals(3, failures.size());
    }

    /** Both wait for the socket at once, each for its own side of it. */
    @Test
    void oneThreadMayReadWhileAnotherOneWrites() throws Exception {
        byte[] part = new byte[1 << 20];
        BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        server.handler(
                "/both",
                exchange -> {
                    threads.add(Thread.currentThread());
                    Thread reading =
                            Thread.ofVirtual()
                                    .start(() -> received.add(text(exchange.body()::readAll)));
                    threads.add(reading);
                    for (int i = 0; i < 16; i++) {
                        exchange.response().write(part, 0, part.length);
                    }
                    exchange.response().flush();
                    reading.join();
                });
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    POST /both HTTP/1.1
                    Host: localhost
                    Content-Length: 4

                    """);
            Thread writing = threads.take();
            Thread reading = threads.take();
            while (writing.getState() != Thread.State.WAITING
                    || reading.getState() != Thread.State.WAITING) {
                assertTrue(writing.isAlive() && reading.isAlive(), "both wait");
                Thread.onSpinWait();
            }
            client.readHead();
            InputStream content = new ChunkedInput(client);
            content.skipNBytes(16L * part.length);
            client.sendExactly("text");
            assertEquals("text", received.poll(10, TimeUnit.SECONDS));
            assertEquals(-1, content.read());
        }
    }

    @FunctionalInterface
    private interface Content {
        byte[] readAll(int max) throws IOException;
    }

    private static String text(Content content) {
        try {
            return new String(content.readAll(100), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String event(int number) {
        return "id: " + number + "\ndata: event number " + number + "\n\n";
    }

    private static byte[] page() {
        byte[] page = new byte[50_000];
        Random random = new Random(1);
        for (int i = 0; i < page.length; i++) {
            page[i] = (byte) ('a' + random.nextInt(6));
        }
        return page;
    }

    private static InputStream decoder(String coding, InputStream in) throws IOException {
        return switch (coding) {
            case "gzip" -> new GZIPInputStream(in, 1);
            case "zstd" -> new ZstdInputStream(in).setContinuous(true);
            default -> in;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "identity, 1.1",
        "gzip, 1.1",
        "zstd, 1.1",
        "identity, 1.0",
        "gzip, 1.0",
        "zstd, 1.0"
    })
    void eachEventIsDecodedBeforeTheNextIsMade(String coding, String version) throws Exception {
        assertDecodedOneByOne("/events", coding, version);
    }

    @ParameterizedTest
    @CsvSource({
        "identity, text/event-stream",
        "gzip, text/event-stream",
        "zstd, Text/Event-Stream",
        "zstd, application/x-ndjson"
    })
    void ofAnImmediateTypeEachWriteIsDecodedBeforeTheNext(String coding, String type)
            throws Exception {
        assertDecodedOneByOne("/unflushed/" + type, coding, "1.1");
    }

    private void assertDecodedOneByOne(String path, String coding, String version)
            throws Exception {
        try (RawClient client = server.connect();
                RawClient confirmer = server.connect()) {
            client.send(
                    """
                    GET %s HTTP/%s
                    Host: localhost
                    Accept-Encoding: %s

                    """
                            .formatted(path, version, coding));
            String head = client.readHead();
            assertEquals(!coding.equals("identity"), head.contains("Content-Encoding: " + coding));
            assertTrue(head.contains("Vary: Accept-Encoding\n"), head);
            boolean isChunked = head.contains("Transfer-Encoding: chunked\n");
            assertEquals(version.equals("1.1"), isChunked, head);
            InputStream events =
                    decoder(coding, isChunked ? new ChunkedInput(client) : client.in());
            for (int i = 0; i < EVENTS; i++) {
                byte[] expected = event(i).getBytes(StandardCharsets.UTF_8);
                assertArrayEquals(expected, events.readNBytes(expected.length));
                confirmer.send(
                        """
                        GET /confirm HTTP/1.1
                        Host: localhost

                        """);
                confirmer.readHead();
            }
            assertEquals(-1, events.read());
        }
    }

    /** What waits in the buffer leaves with the end, and its length is known then. */
    @Test
    void ofOtherTypesAWriteWaitsForTheEnd() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /small HTTP/1.1
                    Host: localhost

                    """);
            assertTrue(client.readHead().contains("Content-Length: 5\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void aPageIsEncodedAndItsStrongEtagWeakened(String coding) throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /page HTTP/1.1
                    Host: localhost
                    Accept-Encoding: %s

                    """
                            .formatted(coding));
            String head = client.readHead();
            assertTrue(head.contains("Content-Encoding: " + coding + "\n"), head);
            assertTrue(head.contains("ETag: W/\"1\"\n"), head);
            assertArrayEquals(page(), decoder(coding, new ChunkedInput(client)).readAllBytes());
        }
    }

    @Test
    void http10GetsAnUnframedStreamThatEndsWithTheConnection() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /page HTTP/1.0

                    """);
            String answer = client.readToEnd();
            assertTrue(answer.contains("Connection: close\n"), answer);
            assertFalse(answer.contains("Transfer-Encoding"), answer);
            assertTrue(answer.endsWith(new String(page(), StandardCharsets.ISO_8859_1)));
        }
    }

    @Test
    void whatIsSmallIsSentAsItIsWithItsLength() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /small HTTP/1.1
                    Host: localhost
                    Accept-Encoding: zstd, gzip

                    """);
            assertEquals(
                    """
                    HTTP/1.1 200 OK
                    Content-Type: text/plain
                    Vary: Accept-Encoding
                    Content-Length: 5

                    """,
                    client.readHead());
            assertEquals("small", client.read(5));
        }
    }

    @Test
    void identityForbiddenAndNothingElseOfferedIs406() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /small HTTP/1.1
                    Host: localhost
                    Accept-Encoding: br, identity;q=0

                    """);
            assertTrue(client.readHead().startsWith("HTTP/1.1 406 Not Acceptable\n"));
        }
    }

    @Test
    void lessThanTheDeclaredLengthIsVisiblyTruncated() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /short HTTP/1.1
                    Host: localhost

                    """);
            org.junit.jupiter.api.Assertions.assertThrows(
                    IOException.class,
                    () -> {
                        client.readHead();
                        client.readBytes(10);
                    });
        }
    }

    @Test
    void aLargeBodyIsReadAndWrittenWhileTheClientStalls() throws Exception {
        byte[] content = new byte[4 << 20];
        new Random(2).nextBytes(content);
        try (RawClient client = server.connect()) {
            Thread sender =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            client.send(
                                                    """
                                                    POST /echo HTTP/1.1
                                                    Host: localhost
                                                    Content-Length: %d

                                                    """
                                                            .formatted(content.length));
                                            client.sendBytes(content);
                                        } catch (IOException e) {
                                            throw new java.io.UncheckedIOException(e);
                                        }
                                    });
            sender.join();
            client.readHead();
            assertArrayEquals(content, new ChunkedInput(client).readAllBytes());
        }
    }
}
