package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.github.luben.zstd.ZstdInputStream;

import dev.pounce.exchange.Response;
import dev.pounce.observe.LifecycleEvent;
import dev.pounce.route.FusedRoute;
import dev.pounce.testing.ChunkedInput;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The order of a drain, and what clients see of it. */
@Timeout(60)
class DrainTest {
    @Test
    void anIdleConnectionIsClosedInOrder() throws Exception {
        try (TestServer server = new TestServer()) {
            RawClient idle = server.connect();
            idle.send(
                    """
                    GET / HTTP/1.1
                    Host: localhost

                    """);
            idle.readHead();
            idle.read("404 Not Found\n".length());
            Thread drain = Thread.ofVirtual().start(() -> drain(server));
            assertEquals("", idle.readToEnd());
            idle.close();
            drain.join();
        }
    }

    private static void drain(TestServer server) {
        try {
            server.server().drain();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server whose connections end soon though their clients do not end them. */
    private static TestServer shortlyLingering() throws IOException {
        return new TestServer(config -> config.with("timeouts.linger", "10ms"));
    }

    private static String get(RawClient client, String path) throws IOException {
        String head = client.send("GET " + path + " HTTP/1.1\nHost: h\n\n").readHead();
        Matcher length = Pattern.compile("Content-Length: (\\d+)").matcher(head);
        assertTrue(length.find(), head);
        return head + client.read(Integer.parseInt(length.group(1)));
    }

    @Test
    void duringItsDelayTheServerIsNotReadyAndServesAsBefore() throws Exception {
        try (TestServer server =
                        new TestServer(
                                        config ->
                                                config.with("timeouts.drain_delay", "1d")
                                                        .with("health.ready_path", "/ready")
                                                        .with("health.live_path", "/live"))
                                .fused(FusedRoute.text("/text", request -> "text"));
                RawClient kept = server.connect()) {
            assertTrue(get(kept, "/ready").startsWith("HTTP/1.1 200 "));
            Thread drain = Thread.ofVirtual().unstarted(() -> drain(server));
            drain.setUncaughtExceptionHandler((thread, interrupted) -> {});
            drain.start();
            while (server.server().isReady()) {
                Thread.onSpinWait();
            }

            try (RawClient fresh = server.connect()) {
                for (RawClient client : List.of(kept, fresh)) {
                    String ready = get(client, "/ready");
                    assertTrue(ready.startsWith("HTTP/1.1 503 "), ready);
                    assertTrue(ready.contains("Pounce-Error: POUNCE_STATE_DRAINING\n"), ready);
                    assertTrue(get(client, "/live").startsWith("HTTP/1.1 200 "));
                    String text = get(client, "/text");
                    assertTrue(text.startsWith("HTTP/1.1 200 "), text);
                    assertFalse(text.contains("Connection: close"), text);
                }
            }
            assertFalse(server.server().drainListeners().hasBegun());
            drain.interrupt();
            drain.join();
        }
    }

    @Test
    void healthPathsTakeNothingButGetAndHead() throws Exception {
        try (TestServer server =
                        new TestServer(config -> config.with("health.ready_path", "/ready"));
                RawClient client = server.connect()) {
            String head = client.send("HEAD /ready HTTP/1.1\nHost: h\n\n").readHead();
            assertTrue(head.startsWith("HTTP/1.1 200 "), head);
            assertTrue(head.contains("Content-Length: 6\n"), head);
            String post = client.send("DELETE /ready HTTP/1.1\nHost: h\n\n").readHead();
            assertTrue(post.startsWith("HTTP/1.1 405 "), post);
            assertTrue(post.contains("Allow: GET, HEAD\n"), post);
        }
    }

    @Test
    void whatAListenerEndsIsAnswered() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        try (TestServer server =
                        shortlyLingering()
                                .handler(
                                        "/held",
                                        exchange -> {
                                            begun.countDown();
                                            told.await();
                                            exchange.response().finish(new byte[2]);
                                        });
                RawClient client = server.connect()) {
            server.server().drainListeners().addListener(told::countDown);
            client.send("GET /held HTTP/1.1\nHost: h\n\n");
            begun.await();
            assertTrue(server.server().drain());
            assertTrue(client.readToEnd().startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void aListenerThatDoesNotReturnDelaysOnlyTheEnd() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (TestServer server =
                        new TestServer(config -> config.with("timeouts.shutdown", "500ms"));
                RawClient idle = server.connect()) {
            server.server().drainListeners().addListener(() -> awaitForEver(never));
            get(idle, "/");
            Thread drain = Thread.ofVirtual().start(() -> drain(server));
            assertEquals("", idle.readToEnd());
            drain.join();
        } finally {
            never.countDown();
        }
    }

    private static void awaitForEver(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip", "zstd"})
    void anEventStreamEndsWithAWholeEvent(String coding) throws Exception {
        try (TestServer server =
                        new TestServer()
                                .handler(
                                        "/events",
                                        exchange -> {
                                            Response response = exchange.response();
                                            response.fields()
                                                    .set("Content-Type", "text/event-stream");
                                            while (true) {
                                                write(response, "data: first\r\n");
                                                write(response, "data: second\r\n\r\n");
                                            }
                                        });
                RawClient client = server.connect()) {
            List<LifecycleEvent> told = new CopyOnWriteArrayList<>();
            server.server().observer().add(told::add);
            client.send("GET /events HTTP/1.1\nHost: h\nAccept-Encoding: " + coding + "\n\n");
            String head = client.readHead();
            assertEquals(!coding.equals("identity"), head.contains("Content-Encoding: " + coding));
            InputStream content = new ChunkedInput(client);
            InputStream events =
                    switch (coding) {
                        case "gzip" -> new GZIPInputStream(content);
                        case "zstd" -> new ZstdInputStream(content);
                        default -> content;
                    };
            String event = "data: first\r\ndata: second\r\n\r\n";
            assertEquals(event, new String(events.readNBytes(event.length()), US_ASCII));

            Thread drain = Thread.ofVirtual().start(() -> drain(server));

            String rest = new String(events.readAllBytes(), US_ASCII);
            assertEquals(event.repeat(rest.length() / event.length()), rest);
            assertEquals("", client.readToEnd());
            client.close();
            drain.join();
            assertEquals(0, server.server().encodersInUse());
            assertFalse(
                    told.stream().anyMatch(LifecycleEvent.ClientDisconnected.class::isInstance),
                    told::toString);
        }
    }

    private static void write(Response response, String text) throws IOException {
        byte[] bytes = text.getBytes(US_ASCII);
        response.write(bytes, 0, bytes.length);
        response.flush();
    }

    @Test
    void anotherStreamWithBlankLinesIsNotEnded() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        try (TestServer server =
                        shortlyLingering()
                                .handler(
                                        "/lines",
                                        exchange -> {
                                            begun.countDown();
                                            told.await();
                                            Response response = exchange.response();
                                            response.fields().set("Content-Type", "text/plain");
                                            for (int i = 0; i < 50; i++) {
                                                write(response, "line\n\n");
                                            }
                                        });
                RawClient client = server.connect()) {
            server.server().drainListeners().addListener(told::countDown);
            client.send("GET /lines HTTP/1.1\nHost: h\n\n");
            begun.await();
            assertTrue(server.server().drain());
            client.readHead();
            byte[] lines = new ChunkedInput(client).readAllBytes();
            assertEquals("line\n\n".repeat(50), new String(lines, US_ASCII));
        }
    }

    @Test
    void whoHasOnlyJustConnectedMayStillAskAndElseIsClosedWithoutAnAnswer() throws Exception {
        AtomicLong clock = new AtomicLong(TimeUnit.HOURS.toNanos(1));
        try (TestServer server =
                        new TestServer(config -> config, clock::get)
                                .fused(FusedRoute.text("/text", request -> "text"));
                RawClient silent = server.connect();
                RawClient late = server.connect();
                RawClient idle = server.connect()) {
            get(idle, "/text");
            Thread drain = Thread.ofVirtual().start(() -> drain(server));
            assertEquals("", idle.readToEnd());
            idle.close();
            String answer = late.send("GET /text HTTP/1.1\nHost: h\n\n").readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertTrue(answer.contains("Connection: close\n"), answer);
            late.close();
            assertTrue(server.server().awaitTurns(TimeUnit.SECONDS.toNanos(10)));
            clock.addAndGet(TimeUnit.SECONDS.toNanos(2));
            assertEquals("", silent.readToEnd());
            silent.close();
            drain.join();
        }
    }
}
