package dev.pounce.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.load.ManyClients.Behaviour;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What 10,000 connections that do nothing, or little, cost a server, and what they do to the
 * requests of others. Server and clients are processes of their own. Run by {@code mvn -Plong}.
 */
@EnabledOnOs(OS.LINUX)
class ManyConnectionsIT {
    private static final int CONNECTIONS = 10_000;
    private static final int MOST_HEAP_OF_AN_IDLE_ONE = 1_200;
    private static final double MOST_CPU = 1.2;
    private static final int ROUNDS = 9;
    private static final int OTHERS = 16;
    private static final int REQUESTS = 1_000;

    private static final String[] PATIENT = {
        "limits.connections=20000",
        "keep_alive.timeout=1h",
        "timeouts.head=1h",
        "timeouts.write=1h",
        "timeouts.body=1h"
    };

    @Test
    void anIdleConnectionHoldsNoThreadAndLittleHeap() throws Exception {
        int count = ManyClients.affordable(CONNECTIONS);
        try (LoadedServer server = new LoadedServer(PATIENT)) {
            askAll(server);
            Histogram before = server.histogram();
            int threads = server.threads();
            try (ManyClients clients = new ManyClients(Behaviour.IDLE, server.port(), count)) {
                clients.awaitReady();
                askAll(server);
                Histogram with = server.histogram();
                long each = (with.total() - before.total()) / count;
                System.out.println(
                        count + " idle connections: " + each + " bytes of heap for each");
                with.growth(before, count).forEach(System.out::println);
                assertEquals(count, server.connections());
                assertEquals(0, clients.lost());
                assertTrue(each <= MOST_HEAP_OF_AN_IDLE_ONE, each + " bytes for each");
                int more = server.threads() - threads;
                assertTrue(more < 10, more + " threads more");
            }
            awaitNoneOpen(server);
        }
    }

    /** Two servers are measured in turn, so that what disturbs the machine disturbs both. */
    @ParameterizedTest
    @EnumSource(names = {"SLOW_HEAD", "SLOW_READ", "SLOW_STREAM"})
    void slowConnectionsMakeTheRequestsOfOthersNoDearer(Behaviour slow) throws Exception {
        int count = ManyClients.affordable(CONNECTIONS);
        try (LoadedServer beset = new LoadedServer(PATIENT);
                LoadedServer alone = new LoadedServer(PATIENT)) {
            askAll(beset);
            askAll(alone);
            Histogram before = beset.histogram();
            int threads = beset.threads();
            try (ManyClients clients = new ManyClients(slow, beset.port(), count)) {
                clients.awaitReady();
                List<Double> with = new ArrayList<>();
                List<Double> without = new ArrayList<>();
                for (int round = 0; round < ROUNDS; round++) {
                    with.add(askAll(beset));
                    without.add(askAll(alone));
                }
                Histogram after = beset.histogram();
                double ratio = median(with) / median(without);
                System.out.printf(
                        Locale.ROOT,
                        "%d %s: %.1f and alone %.1f µs of CPU time for a request, %.2f times;"
                                + " %d bytes of heap for each, %d threads more%n",
                        count,
                        slow,
                        median(with),
                        median(without),
                        ratio,
                        (after.total() - before.total()) / count,
                        beset.threads() - threads);
                after.growth(before, count).forEach(System.out::println);
                assertEquals(0, clients.lost(), "ended though they were slow only");
                assertTrue(ratio <= MOST_CPU, "a request cost " + ratio + " times as much");
            }
            awaitNoneOpen(beset);
        }
    }

    /** Asks on several connections and checks each answer; microseconds of CPU time for one. */
    private static double askAll(LoadedServer server) throws Exception {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        long before = server.cpuMillis();
        for (int i = 0; i < OTHERS; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            ask(server.port());
                                        } catch (Throwable e) {
                                            failures.add(e);
                                        }
                                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), List.copyOf(failures));
        return 1000.0 * (server.cpuMillis() - before) / (OTHERS * REQUESTS);
    }

    private static void ask(int port) throws IOException {
        try (RawClient client = new RawClient(port)) {
            for (int i = 0; i < REQUESTS; i++) {
                client.send(
                        """
                        GET /hello HTTP/1.1
                        Host: localhost

                        """);
                assertEquals(
                        """
                        HTTP/1.1 200 OK
                        Content-Type: application/octet-stream
                        Content-Length: 13

                        """,
                        client.readHead());
                assertEquals(LoadedServer.HELLO, client.read(LoadedServer.HELLO.length()));
            }
        }
    }

    private static void awaitNoneOpen(LoadedServer server) throws IOException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (server.connections() > 0) {
            assertTrue(System.nanoTime() < end, server.connections() + " are still open");
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
