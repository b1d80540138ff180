package dev.pounce.servlet.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdInputStream;

import dev.pounce.config.ServerConfig;
import dev.pounce.servlet.async.AsyncTimers;
import dev.pounce.testing.ChunkedInput;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/** Content that nobody flushes does not wait for longer than {@code streaming.max_delay}. */
@Timeout(60)
class LateFlushTest {
    private final Semaphore goOn = new Semaphore(0);

    /** Timers that run out when the test says so. */
    private static final class Timers implements AsyncTimers {
        private final BlockingQueue<FutureTask<?>> all = new LinkedBlockingQueue<>();

        @Override
        public Future<?> after(long millis, Runnable callback) {
            assertEquals(20, millis);
            FutureTask<?> timer = new FutureTask<>(callback, null);
            all.add(timer);
            return timer;
        }

        /** The next timer that was started. */
        FutureTask<?> next() throws InterruptedException {
            FutureTask<?> timer = all.poll(10, TimeUnit.SECONDS);
            assertNotNull(timer, "no timer was started");
            return timer;
        }
    }

    private static ServerConfig withDelay(ServerConfig config) {
        return config.with("streaming.max_delay", "20ms");
    }

    private static InputStream decoded(RawClient client, String coding) throws IOException {
        String head = client.readHead();
        assertEquals(!coding.equals("identity"), head.contains("Content-Encoding: " + coding));
        InputStream content = new ChunkedInput(client);
        return switch (coding) {
            case "gzip" -> new GZIPInputStream(content, 1);
            case "zstd" -> new ZstdInputStream(content).setContinuous(true);
            default -> content;
        };
    }

    private static String read(InputStream content, int count) throws IOException {
        return new String(content.readNBytes(count));
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip", "zstd"})
    void whatWasWrittenIsDecodedWhileTheApplicationDoesSomethingElse(String coding)
            throws Exception {
        Timers timers = new Timers();
        try (ServletServer server =
                        new ServletServer(
                                LateFlushTest::withDelay,
                                timers,
                                (request, response) -> {
                                    response.setContentType("text/plain");
                                    PrintWriter writer = response.getWriter();
                                    writer.print("begin ");
                                    writer.flush();
                                    for (int i = 0; i < 100; i++) {
                                        writer.print("line " + i + "\n");
                                        goOn.acquire();
                                    }
                                });
                RawClient client = server.open("/app/s/x", "Accept-Encoding: " + coding)) {
            InputStream content = decoded(client, coding);
            assertEquals("begin ", read(content, 6));
            for (int i = 0; i < 100; i++) {
                timers.next().run();
                String line = "line " + i + "\n";
                assertEquals(line, read(content, line.length()));
                goOn.release();
            }
            assertEquals(-1, content.read());
            assertEquals(0, server.encodersInUse());
        }
    }

    @Test
    void oneTimerRunsAtATimeAndAFlushLeavesNothingForIt() throws Exception {
        Timers timers = new Timers();
        CountDownLatch written = new CountDownLatch(1);
        try (ServletServer server =
                        new ServletServer(
                                LateFlushTest::withDelay,
                                timers,
                                (request, response) -> {
                                    OutputStream out = response.getOutputStream();
                                    out.write("before the commit".getBytes());
                                    assertNull(timers.all.peek(), "the commit comes first");
                                    out.flush();
                                    assertNull(timers.all.peek(), "nothing waits");
                                    out.write("1".getBytes());
                                    out.write("2".getBytes());
                                    out.flush();
                                    written.countDown();
                                    goOn.acquire();
                                });
                RawClient client = server.open("/app/s/x")) {
            written.await();
            FutureTask<?> timer = timers.next();
            assertNull(timers.all.peek());
            timer.run();
            client.readHead();
            assertEquals("before the commit", new String(client.readChunk()));
            assertEquals("12", new String(client.readChunk()));
            goOn.release();
            assertEquals(0, client.readChunk().length);
        }
    }

    @Test
    void theTimerOfAResponseThatHasEndedIsCancelled() throws Exception {
        Timers timers = new Timers();
        try (ServletServer server =
                        new ServletServer(
                                LateFlushTest::withDelay,
                                timers,
                                (request, response) -> {
                                    response.flushBuffer();
                                    response.getOutputStream().write("1".getBytes());
                                });
                RawClient client = server.open("/app/s/x")) {
            client.readHead();
            assertEquals("1", new String(client.readChunk()));
            assertEquals(0, client.readChunk().length);
            assertTrue(timers.next().isCancelled());
        }
    }

    @Test
    void withoutTheSettingThereIsNoTimer() throws Exception {
        Timers timers = new Timers();
        try (ServletServer server =
                        new ServletServer(
                                config -> config,
                                timers,
                                (request, response) -> {
                                    response.flushBuffer();
                                    response.getOutputStream().write("1".getBytes());
                                });
                RawClient client = server.open("/app/s/x")) {
            client.readHead();
            assertEquals("1", new String(client.readChunk()));
            assertEquals(0, client.readChunk().length);
            assertNull(timers.all.peek());
        }
    }

    @Test
    void aClientThatWentIsNoticedByTheNextWrite() throws Exception {
        Timers timers = new Timers();
        CompletableFuture<Throwable> noticed = new CompletableFuture<>();
        try (ServletServer server =
                new ServletServer(
                        LateFlushTest::withDelay,
                        timers,
                        (request, response) -> {
                            OutputStream out = response.getOutputStream();
                            out.flush();
                            try {
                                while (true) {
                                    out.write("x".getBytes());
                                    goOn.acquire();
                                }
                            } catch (IOException e) {
                                noticed.complete(e);
                            }
                        })) {
            try (RawClient client = server.open("/app/s/x")) {
                client.readHead();
                client.socket().setSoLinger(true, 0);
            }
            while (!noticed.isDone()) {
                FutureTask<?> timer = timers.all.poll(10, TimeUnit.MILLISECONDS);
                if (timer != null) {
                    timer.run();
                }
                goOn.release();
            }
            assertTrue(noticed.get() instanceof dev.pounce.exchange.ClientGoneException);
        }
    }

    /** Timers run out all the time, on threads of their own, while the application writes. */
    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip", "zstd"})
    void flushesThatRaceWithWritesLoseAndRepeatNothing(String coding) throws Exception {
        byte[] lines = new byte[400_000];
        Random random = new Random(7);
        for (int i = 0; i < lines.length; i++) {
            lines[i] = (byte) (random.nextInt(40) == 0 ? '\n' : 'a' + random.nextInt(4));
        }
        Semaphore flushes = new Semaphore(0);
        AsyncTimers atOnce =
                (millis, callback) -> {
                    FutureTask<?> timer = new FutureTask<>(callback, null);
                    flushes.release();
                    Thread.ofVirtual().start(timer);
                    return timer;
                };
        try (ServletServer server =
                new ServletServer(
                        LateFlushTest::withDelay,
                        atOnce,
                        (request, response) -> write(response, lines))) {
            for (int round = 0; round < 10; round++) {
                try (RawClient client = server.open("/app/s/x", "Accept-Encoding: " + coding)) {
                    assertArrayEquals(lines, decoded(client, coding).readAllBytes());
                }
            }
            assertEquals(0, server.encodersInUse());
            assertFalse(flushes.availablePermits() < 100, flushes + " timers");
        }
    }

    private static void write(BridgeResponse response, byte[] lines) throws IOException {
        response.setContentType("text/plain");
        OutputStream out = response.getOutputStream();
        out.flush();
        Random random = new Random(8);
        int at = 0;
        for (int i = 0; at < lines.length; i++) {
            int length =
                    Math.min(1 + random.nextInt(i % 50 == 0 ? 20_000 : 200), lines.length - at);
            out.write(lines, at, length);
            at += length;
            if (i % 7 == 0) {
                out.flush();
            }
            if (i % 3 == 0) {
                Thread.yield();
            }
        }
    }
}
