package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.observe.CloseReason;
import dev.pounce.observe.LifecycleEvent;
import dev.pounce.observe.LifecycleListener;
import dev.pounce.route.FusedRoute;
import dev.pounce.testing.CapturedLog;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

@Timeout(60)
class LifecycleEventTest {
    private final List<LifecycleEvent> events = new CopyOnWriteArrayList<>();
    private ObservedServer server;

    @BeforeEach
    void start() throws IOException {
        server =
                new ObservedServer(config -> config)
                        .fused(FusedRoute.text("/hello", request -> "Hello"))
                        .fused(FusedRoute.bytes("/echo", request -> request.body()).methods("POST"))
                        .handler(
                                "/stream",
                                exchange -> {
                                    exchange.response().write(new byte[3], 0, 3);
                                    exchange.response().flush();
                                    server.pass(Duration.ofSeconds(2));
                                });
        server.server().observer().add(events::add);
    }

    private String id(long connection) {
        return server.server().settings().responses().requestIds().text(connection, 1);
    }

    /** The events, without the address of whoever connected. */
    private List<LifecycleEvent> eventsAtEnd() throws Exception {
        while (server.server().connections() > 0) {
            Thread.onSpinWait();
        }
        server.close();
        assertTrue(events.getFirst() instanceof LifecycleEvent.ConnectionOpened, events::toString);
        return events.subList(1, events.size());
    }

    @Test
    void aRequestThatIsAnsweredAtOnce() throws Exception {
        server.exchange("GET /hello?x HTTP/1.1\nHost: localhost\nConnection: close\n\n");
        assertEquals(
                List.of(
                        new LifecycleEvent.RequestStarted(1, id(1), "GET", "/hello?x"),
                        new LifecycleEvent.ResponseCompleted(
                                1, id(1), 200, 5, 5, Duration.ZERO, false),
                        new LifecycleEvent.ConnectionClosed(1, CloseReason.LAST_RESPONSE)),
                eventsAtEnd());
    }

    @Test
    void aResponseThatStreams() throws Exception {
        server.exchange("GET /stream HTTP/1.1\nHost: localhost\nConnection: close\n\n");
        assertEquals(
                List.of(
                        new LifecycleEvent.RequestStarted(1, id(1), "GET", "/stream"),
                        new LifecycleEvent.StreamOpened(1, id(1), 200),
                        new LifecycleEvent.StreamClosed(1, id(1), Duration.ofSeconds(2)),
                        new LifecycleEvent.ResponseCompleted(
                                1, id(1), 200, 3, 3, Duration.ofSeconds(2), false),
                        new LifecycleEvent.ConnectionClosed(1, CloseReason.LAST_RESPONSE)),
                eventsAtEnd());
    }

    @Test
    void aClientThatGoes() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    POST /echo HTTP/1.1
                    Host: localhost
                    Content-Length: 10
                    Expect: 100-continue

                    """);
            client.readHead();
        }
        assertEquals(
                List.of(
                        new LifecycleEvent.RequestStarted(1, id(1), "POST", "/echo"),
                        new LifecycleEvent.ClientDisconnected(1, id(1)),
                        new LifecycleEvent.ResponseCompleted(
                                1, id(1), 499, 0, 0, Duration.ZERO, true),
                        new LifecycleEvent.ConnectionClosed(1, CloseReason.CLIENT)),
                eventsAtEnd());
    }

    @Test
    void whatIsNoRequest() throws Exception {
        server.exchange("nonsense\n\n");
        assertEquals(
                List.of(
                        new LifecycleEvent.RequestStarted(1, id(1), "", ""),
                        new LifecycleEvent.ResponseCompleted(
                                1, id(1), 400, 16, 16, Duration.ZERO, false),
                        new LifecycleEvent.ConnectionClosed(1, CloseReason.REFUSED_REQUEST)),
                eventsAtEnd());
    }

    @Test
    void aListenerThatFailsDisturbsNobody() throws Exception {
        LifecycleListener broken =
                event -> {
                    throw new IllegalStateException("on purpose");
                };
        server.server().observer().add(broken);
        server.server().observer().add(events::add);
        try (CapturedLog log = new CapturedLog()) {
            String answer =
                    server.exchange("GET /hello HTTP/1.1\nHost: localhost\nConnection: close\n\n");
            assertTrue(answer.startsWith("HTTP/1.1 200 OK\n"), answer);
            assertEquals(7, eventsAtEnd().size());
            assertEquals(4, log.lines("a listener failed").size());
        }
    }

    @Test
    void aListenerThatWasRemovedIsNotTold() throws Exception {
        LifecycleListener listener = events::add;
        server.server().observer().add(listener);
        server.server().observer().remove(listener);
        server.exchange("GET /hello HTTP/1.1\nHost: localhost\nConnection: close\n\n");
        assertEquals(3, eventsAtEnd().size());
    }
}
