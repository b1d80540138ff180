package dev.pounce.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.encoding.ContentCoding;
import dev.pounce.encoding.EncoderProfiles;
import dev.pounce.encoding.EncoderSettings;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * What 10,000 open event streams in zstd cost, native memory and heap together; and what becomes of
 * the one for which there is no memory. Server and clients are processes of their own. Run by
 * {@code mvn -Plong}.
 */
@EnabledOnOs(OS.LINUX)
class ManyStreamsIT {
    private static final int STREAMS = 10_000;
    private static final int MOST_OF_ONE = 100_000;
    private static final int MOST_LEFT_OF_ONE = 200;
    private static final int MOST_MORE_THE_SECOND_TIME = 4_000;
    private static final int EVENTS = 12;
    private static final int WARM_UP = 200;

    private static final long ENCODER =
            new EncoderProfiles(EncoderSettings.defaults())
                    .ofEvents(ContentCoding.ZSTD)
                    .contextBytes();

    /** The heap is resident from the beginning, so that all growth is of native memory. */
    private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");

    private static LoadedServer server(int streams) throws IOException {
        return new LoadedServer(
                HEAP,
                "limits.connections=20000",
                "keep_alive.timeout=1h",
                "timeouts.write=1h",
                "compression.memory=" + streams * ENCODER);
    }

    @Test
    void anEventStreamCostsLittleAndTheOneAboveTheBoundGoesOutAsItIs() throws Exception {
        int count = ManyClients.affordable(STREAMS);
        try (LoadedServer server = server(count)) {
            EventClients first = new EventClients(server.port(), WARM_UP);
            send(server, first, EVENTS);
            vanish(server, first);
            Histogram heapBefore = server.histogram();
            long residentBefore = server.resident();

            EventClients clients = new EventClients(server.port(), count);
            send(server, clients, EVENTS);
            assertEquals(count, server.encodersInUse());
            assertEquals(count * ENCODER, server.encoderBytes());
            Histogram heapWith = server.histogram();
            long nativeEach = (server.resident() - residentBefore) / count;
            long heapEach = (heapWith.total() - heapBefore.total()) / count;
            System.out.printf(
                    Locale.ROOT,
                    "%d event streams in zstd: %d bytes each, %d native (%d are charged for the"
                            + " encoder), %d of heap%n",
                    count,
                    nativeEach + heapEach,
                    nativeEach,
                    ENCODER,
                    heapEach);
            heapWith.growth(heapBefore, count).forEach(System.out::println);
            assertTrue(nativeEach + heapEach <= MOST_OF_ONE, nativeEach + heapEach + " each");

            assertOneMoreGoesOutAsItIs(server);
            long residentWith = server.resident();
            vanish(server, clients);
            assertEquals(0, server.encodersInUse());
            // what cleaners hold is gone with the second collection only
            server.histogram();
            Histogram heapAfter = server.histogram();
            long left = (heapAfter.total() - heapBefore.total()) / count;
            assertTrue(left < MOST_LEFT_OF_ONE, left + " bytes of heap are left of each");

            EventClients again = new EventClients(server.port(), count);
            send(server, again, EVENTS);
            assertEquals(count, server.encodersInUse());
            long more = (server.resident() - residentWith) / count;
            System.out.printf(
                    Locale.ROOT,
                    "%d bytes of heap are left of each; as many streams again take %d more%n",
                    left,
                    more);
            assertTrue(more < MOST_MORE_THE_SECOND_TIME, more + " bytes more for each");
            vanish(server, again);
            assertEquals(0, server.encodersInUse());
        }
    }

    private static void send(LoadedServer server, EventClients clients, int events)
            throws IOException {
        for (int i = 0; i < events; i++) {
            server.event();
        }
        clients.awaitEvents(events);
    }

    private static void assertOneMoreGoesOutAsItIs(LoadedServer server) throws IOException {
        try (RawClient client = new RawClient(server.port())) {
            client.send(
                    """
                    GET /events HTTP/1.1
                    Host: localhost
                    Accept-Encoding: zstd

                    """);
            String head = client.readHead();
            assertFalse(head.contains("Content-Encoding"), head);
            assertTrue(head.contains("Vary: Accept-Encoding\n"), head);
        }
    }

    /** Nothing tells the server but that its writes fail. */
    private static void vanish(LoadedServer server, EventClients clients) throws Exception {
        clients.vanish();
        long end = System.nanoTime() + 60_000_000_000L;
        while (server.streams() > 0 || server.connections() > 0) {
            assertTrue(System.nanoTime() < end, server.streams() + " streams are still open");
            server.event();
        }
    }
}
