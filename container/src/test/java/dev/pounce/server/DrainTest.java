package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.route.FusedRoute;
import dev.pounce.testing.LoadClient;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import java.util.List;

class DrainTest {
    private static final int CONNECTIONS = 64;
    private static final int BUSY = 500;

    @RepeatedTest(10)
    void noAnswerIsCutAndNoConnectionReset() throws Exception {
        TestServer server =
                new TestServer(config -> config.withWorkers(2))
                        .fused(FusedRoute.text("/fused", request -> "fused"))
                        .handler(
                                "/streamed",
                                exchange -> {
                                    byte[] part = new byte[500];
                                    for (int i = 0; i < 20; i++) {
                                        exchange.response().write(part, 0, part.length);
                                        exchange.response().flush();
                                    }
                                });
        LoadClient clients =
                new LoadClient(server.server().port(), BUSY)
                        .start(CONNECTIONS, "/fused", "/streamed");
        assertTrue(clients.awaitBusy(), clients::toString);
        assertTrue(server.server().drain());
        clients.join();
        server.close();
        assertEquals(List.of(), clients.failures(), "resets and truncated answers");
        assertEquals(CONNECTIONS, clients.count(LoadClient.Outcome.REFUSED), clients::toString);
    }

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
}
