package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.route.FusedRoute;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

class ConnectionLimitTest {
    private static final String GET =
            """
            GET /hello HTTP/1.1
            Host: localhost

            """;

    private final TestServer server =
            new TestServer(
                            config ->
                                    config.with("limits.connections", "3")
                                            .with("limits.held", "1MiB")
                                            // a thread of its own would wait for the client
                                            .with("take_over.enabled", "false"))
                    .fused(FusedRoute.bytes("/hello", request -> new byte[13]))
                    .fused(FusedRoute.bytes("/large", request -> new byte[8 << 20]))
                    .fused(FusedRoute.bytes("/post", request -> new byte[1]).methods("POST"));
    private final List<RawClient> clients = new ArrayList<>();

    ConnectionLimitTest() throws IOException {}

    private RawClient connect() throws IOException {
        RawClient client = server.connect();
        clients.add(client);
        return client;
    }

    @AfterEach
    void stop() throws Exception {
        for (RawClient client : clients) {
            client.close();
        }
        server.close();
    }

    private static void ask(RawClient client) throws IOException {
        client.send(GET);
        client.readHead();
        client.read(13);
    }

    @Test
    void theConnectionThatIsIdleForLongestGivesWay() throws Exception {
        RawClient first = connect();
        RawClient second = connect();
        RawClient third = connect();
        ask(first);
        ask(second);
        ask(third);
        ask(first);
        ask(third);
        RawClient fourth = connect();
        ask(fourth);
        assertEquals("", second.readToEnd());
        ask(first);
        ask(third);
        RawClient fifth = connect();
        ask(fifth);
        assertEquals("", fourth.readToEnd());
        ask(first);
    }

    @Test
    void aConnectionWithPartOfARequestDoesNotGiveWay() throws Exception {
        RawClient half = connect();
        ask(half);
        half.send("GET /hello HTTP/1.1\n");
        RawClient second = connect();
        ask(second);
        RawClient third = connect();
        ask(third);
        ask(connect());
        assertEquals("", second.readToEnd());
        half.send("Host: localhost\n\n");
        half.readHead();
        half.read(13);
    }

    @Test
    void whenNoneIsIdleANewConnectionIsAnsweredWith503() throws Exception {
        for (int i = 0; i < 3; i++) {
            RawClient half = connect();
            ask(half);
            half.send("GET /hello HTTP/1.1\n");
        }
        // what was sent before is seen by the worker before a connection that is made afterwards
        RawClient refused = connect();
        String answer = refused.readToEnd();
        assertTrue(answer.startsWith("HTTP/1.1 503 Service Unavailable\n"), answer);
        assertTrue(answer.contains("Retry-After: 5\n"), answer);
        assertTrue(answer.contains("Pounce-Error: POUNCE_LIMIT_CONNECTIONS\n"), answer);
    }

    @Test
    void heldContentIsBoundedOverAllConnections() throws Exception {
        // the one whose content comes later finds no room for it
        RawClient first = beginPost();
        RawClient second = beginPost();
        RawClient refused = await(first, second);
        String answer = refused.readToEnd();
        assertTrue(answer.startsWith("HTTP/1.1 503 Service Unavailable\n"), answer);
        assertTrue(answer.contains("Pounce-Error: POUNCE_LIMIT_HELD\n"), answer);
        RawClient other = refused == first ? second : first;
        other.sendBytes(new byte[100_000]);
        other.readHead();
        other.read(1);
        ask(other);
    }

    private RawClient beginPost() throws IOException {
        RawClient client = connect();
        client.send(
                """
                POST /post HTTP/1.1
                Host: localhost
                Content-Length: 900000

                """);
        return client.sendBytes(new byte[800_000]);
    }

    /** The one that is answered first. */
    private static RawClient await(RawClient... clients) throws IOException {
        while (true) {
            for (RawClient client : clients) {
                if (client.in().available() > 0) {
                    return client;
                }
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void anAnswerThatNobodyTakesIsNotKeptBeyondTheLimit() throws Exception {
        RawClient greedy = connect();
        greedy.send(
                """
                GET /large HTTP/1.1
                Host: localhost

                """);
        RawClient other = connect();
        ask(other);
        while (server.server().connections() > 1) {
            ask(other);
        }
    }
}
