package dev.pounce.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What 10,000 requests cost that a servlet processes asynchronously, all of them open at once: no
 * thread, and little memory. All are answered in the end, and nothing is left. Run by {@code mvn
 * -Plong}.
 */
@EnabledOnOs(OS.LINUX)
class ManyAsyncIT {
    private static final int REQUESTS = 10_000;
    private static final int WARM_UP = 300;
    private static final int MOST_OF_ONE = 8_000;
    private static final int MOST_LEFT_OF_ONE = 200;

    /** Threads that come and go with the JVM and with the worker's loops. */
    private static final int OTHER_THREADS = 12;

    private static final long PATIENCE_NANOS = 120_000_000_000L;

    @TempDir Path folder;

    private final ByteBuffer buffer = ByteBuffer.allocate(4096);

    @Test
    void openRequestsHoldNoThreadAndLittleMemory() throws Exception {
        int count = ManyClients.affordable(REQUESTS);
        try (AsyncServer server = new AsyncServer(folder.resolve("app"))) {
            run(server, WARM_UP);
            server.histogram();
            Histogram before = server.histogram();
            int threadsBefore = server.platformThreads();

            List<SocketChannel> clients = open(server, count);
            int platform = server.platformThreads();
            int virtual = server.virtualThreads();
            Histogram with = server.histogram();
            long each = (with.total() - before.total()) / count;
            System.out.printf(
                    Locale.ROOT,
                    "%d asynchronous requests: %d bytes of heap each, %d platform threads (%d"
                            + " before), %d virtual ones%n",
                    count,
                    each,
                    platform,
                    threadsBefore,
                    virtual);
            with.growth(before, count).forEach(System.out::println);
            assertTrue(platform <= threadsBefore + OTHER_THREADS, platform + " platform threads");
            assertTrue(virtual <= OTHER_THREADS, virtual + " virtual threads");
            assertTrue(each <= MOST_OF_ONE, each + " bytes of heap each");

            end(server, clients);
            server.histogram();
            Histogram after = server.histogram();
            long left = (after.total() - before.total()) / count;
            System.out.println(left + " bytes of heap are left of each");
            assertTrue(left < MOST_LEFT_OF_ONE, left + " bytes are left of each");
        }
    }

    private void run(AsyncServer server, int count) throws Exception {
        end(server, open(server, count));
    }

    /** Sends requests; returns when all of them are processed asynchronously. */
    private static List<SocketChannel> open(AsyncServer server, int count) throws Exception {
        List<SocketChannel> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SocketChannel client = SocketChannel.open();
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
            // one address has about 28,000 ports, some of which still wait from an earlier run
            client.bind(new InetSocketAddress("127.0.0." + (1 + i % 4), 0));
            client.connect(new InetSocketAddress("127.0.0.1", server.port()));
            String request = "GET /app/hold?" + i + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            client.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            clients.add(client);
        }
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (held(server) < count) {
            assertTrue(System.nanoTime() < end, held(server) + " of " + count);
        }
        return clients;
    }

    private static int held(AsyncServer server) throws IOException {
        return Integer.parseInt(content(server, "/app/count"));
    }

    private static String content(AsyncServer server, String path) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n\n");
            String answer = client.readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            return answer.substring(answer.indexOf("\n\n") + 2);
        }
    }

    private void end(AsyncServer server, List<SocketChannel> clients) throws Exception {
        content(server, "/app/end");
        for (int i = 0; i < clients.size(); i++) {
            try (SocketChannel client = clients.get(i)) {
                assertAnswer(client, "ended " + i);
            }
        }
        assertEquals(0, held(server));
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (server.connections() > 0) {
            assertTrue(System.nanoTime() < end, server.connections() + " are open");
        }
    }

    private void assertAnswer(SocketChannel client, String content) throws IOException {
        buffer.clear();
        String answer = "";
        while (!answer.endsWith("\r\n\r\n" + content)) {
            if (client.read(buffer) < 0) {
                throw new IOException("no whole answer: " + answer);
            }
            answer = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
        }
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }
}
