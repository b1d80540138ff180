package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.observe.CloseReason;
import dev.pounce.observe.MethodGroup;
import dev.pounce.observe.MetricsSnapshot;
import dev.pounce.observe.StatusClass;
import dev.pounce.route.FusedRoute;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

@Timeout(60)
class MetricsTest {

    private static ObservedServer start(String... settings) throws IOException {
        return new ObservedServer(
                        config -> {
                            var changed = config;
                            for (int i = 0; i < settings.length; i += 2) {
                                changed = changed.with(settings[i], settings[i + 1]);
                            }
                            return changed;
                        })
                .fused(FusedRoute.text("/hello", request -> "Hello"));
    }

    private static final String GET =
            """
            GET /hello HTTP/1.1
            Host: localhost

            """;
    private static final String LAST_GET =
            """
            GET /hello HTTP/1.1
            Host: localhost
            Connection: close

            """;

    private static MetricsSnapshot snapshot(ObservedServer server) {
        return server.server().metrics().snapshot();
    }

    private static MetricsSnapshot await(
            ObservedServer server, Predicate<MetricsSnapshot> condition) {
        MetricsSnapshot current = snapshot(server);
        while (!condition.test(current)) {
            Thread.onSpinWait();
            current = snapshot(server);
        }
        return current;
    }

    @Test
    void requestsAreCountedByStatusAndMethod() throws Exception {
        ObservedServer server = start();
        server.exchange(GET + GET + LAST_GET);
        server.exchange(LAST_GET.replace("GET", "HEAD"));
        server.exchange(LAST_GET.replace("GET", "DELETE"));
        server.exchange(LAST_GET.replace("GET", "BREW"));
        server.exchange(LAST_GET.replace("/hello", "/nowhere"));
        server.exchange("no request\n\n");
        server.close();
        MetricsSnapshot metrics = snapshot(server);
        assertEquals(
                Map.of(
                        StatusClass.SUCCESSFUL,
                        Map.of(MethodGroup.GET, 3L, MethodGroup.HEAD, 1L),
                        StatusClass.CLIENT_ERROR,
                        Map.of(MethodGroup.GET, 1L, MethodGroup.DELETE, 1L, MethodGroup.OTHER, 1L),
                        StatusClass.SERVER_ERROR,
                        Map.of(MethodGroup.OTHER, 1L)),
                metrics.requests());
        assertEquals(4, metrics.requests(StatusClass.SUCCESSFUL));
        assertEquals(0, metrics.requestsInFlight());
        assertEquals(8, metrics.requestDurations().count());
    }

    @Test
    void durationsAreInTheBucketsOfTheirLength() throws Exception {
        ObservedServer server = start();
        for (long millis : new long[] {0, 5, 6, 400, 60_000}) {
            server.fused(
                    FusedRoute.text(
                            "/" + millis,
                            request -> {
                                server.pass(Duration.ofMillis(millis));
                                return "ok";
                            }));
            server.exchange(LAST_GET.replace("/hello", "/" + millis));
        }
        server.close();
        MetricsSnapshot.Durations durations = snapshot(server).requestDurations();
        assertEquals(
                List.of(
                        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5,
                        5.0, 10.0),
                durations.bounds());
        assertEquals(
                List.of(1L, 1L, 1L, 2L, 3L, 3L, 3L, 3L, 3L, 4L, 4L, 4L, 4L, 4L, 5L),
                durations.cumulative());
        assertEquals(60.411, durations.sum(), 1e-9);
    }

    @Test
    void whatRunsAndWhatStreamsIsCountedWhileItDoes() throws Exception {
        Semaphore steps = new Semaphore(0);
        ObservedServer server = start();
        server.handler(
                "/stream",
                exchange -> {
                    steps.acquire();
                    exchange.response().fields().add("Content-Type", "text/event-stream");
                    exchange.response().write(new byte[10], 0, 10);
                    exchange.response().flush();
                    steps.acquire();
                    server.pass(Duration.ofSeconds(5));
                });
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /stream HTTP/1.1
                    Host: localhost
                    Accept-Encoding: gzip

                    """);
            MetricsSnapshot begun = await(server, metrics -> metrics.requestsInFlight() == 1);
            assertEquals(0, begun.streamsActive());
            assertEquals(0, begun.encodersInUse());
            steps.release();
            client.readHead();
            MetricsSnapshot streams = await(server, metrics -> metrics.streamsActive() == 1);
            assertEquals(1, streams.requestsInFlight());
            assertEquals(1, streams.encodersInUse());
            assertEquals(1, streams.connectionsOpen());
            steps.release();
            MetricsSnapshot ended = await(server, metrics -> metrics.requestsInFlight() == 0);
            assertEquals(0, ended.streamsActive());
            assertEquals(0, ended.encodersInUse());
            assertEquals(5.0, ended.streamDurations().sum(), 1e-9);
            assertEquals(1, ended.streamDurations().count());
        }
        server.close();
        assertEquals(0, snapshot(server).connectionsOpen());
    }

    @Test
    void bytesAreCountedAsTheyAreOnTheWire() throws Exception {
        ObservedServer server = start();
        String answer = server.exchange(LAST_GET);
        server.close();
        int sent = answer.replace("\n", "\r\n").length();
        // the body has no line end, the date line is cut out
        sent += "Date: Mon, 23 Nov 2026 00:00:00 GMT\r\n".length();
        assertEquals(LAST_GET.replace("\n", "\r\n").length(), snapshot(server).bytesReceived());
        assertEquals(sent, snapshot(server).bytesSent());
    }

    @Test
    void aTakeOverIsCounted() throws Exception {
        try (ObservedServer server = start()) {
            server.server().observer().takenOver();
            assertEquals(1, snapshot(server).takenOver());
        }
    }

    // --- connections ---------------------------------------------------------------------------

    private static void assertClosed(ObservedServer server, CloseReason reason) throws Exception {
        await(server, metrics -> metrics.connectionsOpen() == 0);
        server.close();
        assertEquals(Map.of(reason, 1L), snapshot(server).connectionsClosed());
    }

    @Test
    void aClientThatClosesIsTheReason() throws Exception {
        ObservedServer server = start();
        try (RawClient client = server.connect()) {
            client.send(GET).readHead();
        }
        assertClosed(server, CloseReason.CLIENT);
    }

    @Test
    void theLastResponseIsTheReason() throws Exception {
        ObservedServer server = start();
        server.exchange(LAST_GET);
        assertClosed(server, CloseReason.LAST_RESPONSE);
    }

    @Test
    void theLastResponseOfAVirtualThreadIsTheReason() throws Exception {
        ObservedServer server =
                start().fused(FusedRoute.text("/virtual", request -> "ok").asBlocking());
        server.exchange(LAST_GET.replace("/hello", "/virtual"));
        assertClosed(server, CloseReason.LAST_RESPONSE);
    }

    @Test
    void theLimitOfRequestsCountsPipelinedOnesToo() throws Exception {
        ObservedServer server = start("keep_alive.max_requests", "2");
        String answers = server.exchange(GET + GET + GET);
        assertEquals(2, answers.split("HTTP/1.1 200 OK", -1).length - 1, answers);
        assertClosed(server, CloseReason.LAST_RESPONSE);
    }

    @Test
    void aRequestThatIsRefusedIsTheReason() throws Exception {
        ObservedServer server = start();
        server.exchange("no request\n\n");
        assertClosed(server, CloseReason.REFUSED_REQUEST);
    }

    @Test
    void waitingTooLongForARequestIsTheReason() throws Exception {
        ObservedServer server = start();
        try (RawClient client = server.connect()) {
            client.send(GET).readHead();
            client.read(5);
            server.pass(Duration.ofMinutes(1));
            assertEquals("", client.readToEnd());
        }
        assertClosed(server, CloseReason.IDLE);
    }

    @Test
    void aResponseThatBreaksOffIsTheReason() throws Exception {
        ObservedServer server =
                start().handler(
                                "/breaks",
                                exchange -> {
                                    exchange.response().flush();
                                    throw new IllegalStateException("on purpose");
                                });
        try (RawClient client = server.connect()) {
            client.send(GET.replace("/hello", "/breaks")).readHead();
            assertClosed(server, CloseReason.ABORTED);
        }
    }

    @Test
    void theEndOfTheServerIsTheReason() throws Exception {
        ObservedServer server = start();
        try (RawClient client = server.connect()) {
            client.send(GET).readHead();
            client.read(5);
            Thread end = Thread.ofVirtual().start(() -> close(server));
            assertEquals("", client.readToEnd());
            client.close();
            end.join();
            assertEquals(Map.of(CloseReason.SHUTDOWN, 1L), snapshot(server).connectionsClosed());
        }
    }

    private static void close(ObservedServer server) {
        try {
            server.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aConnectionAboveTheLimitIsRefused() throws Exception {
        ObservedServer server = start("limits.connections", "1");
        try (RawClient first = server.connect()) {
            // one that is idle would give way
            first.sendExactly("GET /");
            await(server, current -> current.connectionsOpen() == 1);
            assertTrue(server.exchange("").startsWith("HTTP/1.1 503 "));
            MetricsSnapshot metrics = await(server, current -> current.connectionsOpen() == 1);
            assertEquals(2, metrics.connectionsAccepted());
            assertEquals(1, metrics.connectionsRefused());
            assertEquals(1, metrics.connectionsClosed(CloseReason.CONNECTION_LIMIT));
        }
        server.close();
    }

    @Test
    void aClientThatIsGoneIsCountedAsAnErrorOfTheClient() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        ObservedServer server =
                start().fused(
                                FusedRoute.bytes(
                                        "/large",
                                        request -> {
                                            called.countDown();
                                            gone.await();
                                            return new byte[1 << 20];
                                        }));
        RawClient client = server.connect();
        client.send(GET.replace("/hello", "/large"));
        called.await();
        client.socket().setOption(StandardSocketOptions.SO_LINGER, 0);
        client.close();
        gone.countDown();
        await(server, metrics -> metrics.connectionsOpen() == 0);
        server.close();
        assertEquals(1, snapshot(server).requests(StatusClass.CLIENT_ERROR, MethodGroup.GET));
    }
}
