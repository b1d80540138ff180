package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.route.FusedRoute;
import dev.pounce.testing.LoadClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/**
 * A drain while clients connect and ask as fast as they can. Each round takes the second in which
 * the system sends a SYN again, so the Maven profile {@code long} has most of them.
 */
@Timeout(300)
class DrainRaceTest {
    private static final int ROUNDS =
            Math.clamp(Integer.getInteger("pounce.fuzz.inputs", 20_000) / 10_000, 1, 30);

    private static final int CONNECTIONS = 64;
    private static final int BUSY = 500;

    @ParameterizedTest
    @ValueSource(strings = {"reuse_port", "shared"})
    void noAnswerIsCutAndNoConnectionReset(String accept) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            drainUnderLoad(accept);
        }
    }

    private static void drainUnderLoad(String accept) throws Exception {
        TestServer server =
                new TestServer(config -> config.withWorkers(2).with("accept", accept))
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
}
