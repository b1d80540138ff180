package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.route.FusedRoute;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

class DrainTest {
    private static final int CONNECTIONS = 64;

    private final AtomicInteger whole = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Queue<Exception> broken = new ConcurrentLinkedQueue<>();
    private final CountDownLatch busy = new CountDownLatch(500);

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
        int port = server.server().port();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            boolean kept = i % 2 == 0;
            String path = i % 4 < 2 ? "/fused" : "/streamed";
            clients.add(Thread.ofVirtual().start(() -> load(port, path, kept)));
        }
        busy.await();
        assertTrue(server.server().drain());
        for (Thread client : clients) {
            client.join();
        }
        server.close();
        assertEquals(List.of(), List.copyOf(broken), "resets and truncated answers");
        assertTrue(whole.get() >= 500);
        assertTrue(ended.get() + refused.get() >= CONNECTIONS / 2);
    }

    private void load(int port, String path, boolean kept) {
        while (true) {
            try (RawClient client = new RawClient(port)) {
                boolean again = true;
                while (again) {
                    again = request(client, path, kept);
                }
                if (ended.get() > 0 && kept) {
                    return;
                }
            } catch (ConnectException e) {
                refused.incrementAndGet();
                return;
            } catch (IOException e) {
                broken.add(e);
                return;
            }
        }
    }

    /** Whether the connection can be used again. */
    private boolean request(RawClient client, String path, boolean kept) throws IOException {
        client.send(
                """
                GET %s HTTP/1.1
                Host: localhost
                Connection: %s

                """
                        .formatted(path, kept ? "keep-alive" : "close"));
        int first = client.in().read();
        if (first < 0) {
            ended.incrementAndGet();
            return false;
        }
        String head = client.readHead();
        int length = head.contains("chunked") ? -1 : 5;
        if (length > 0) {
            client.readBytes(length);
        } else {
            while (client.readChunk().length > 0) {
                continue;
            }
        }
        whole.incrementAndGet();
        busy.countDown();
        if (head.contains("Connection: close")) {
            if (kept) {
                ended.incrementAndGet();
            }
            return false;
        }
        return true;
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
