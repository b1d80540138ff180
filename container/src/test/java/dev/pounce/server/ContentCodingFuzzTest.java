package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;

import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.Response;
import dev.pounce.testing.ChunkedInput;
import dev.pounce.testing.Fuzz;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/**
 * The compression property over real sockets: any payload, any cuts, flushes anywhere, any coding
 * and framing. The application goes on after a flush only when the client has decoded all that was
 * written before it; the client sees the payload and exactly one end; and when it vanishes in the
 * middle, or not, all encoders are back afterwards.
 */
class ContentCodingFuzzTest {

    /** How many inputs of other fuzz tests one input of this test takes. */
    private static final int SHARE = 50;

    private static final long MOST_ALLOCATED = 64L << 20;
    private static final int DEFAULT_BUFFER = 16 << 10;
    private static final int MIN_SIZE = 500;
    private static final int GZIP_HEADER = 10;
    private static final int GZIP_TRAILER = 8;
    private static final String[] CODINGS = {"identity", "gzip", "zstd"};
    private static final String[] TYPES = {
        "text/plain", "text/event-stream", "application/x-ndjson", "text/html; charset=utf-8"
    };

    private TestServer server;

    /** What the handler has to do next. */
    private final BlockingQueue<Case> next = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        server.handler("/case", exchange -> Objects.requireNonNull(next.poll()).answer(exchange));
        server.handler("/ping", exchange -> exchange.response().write(new byte[] {'!'}, 0, 1));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private enum Framing {
        CHUNKED,
        KNOWN_LENGTH,
        UNTIL_CLOSE
    }

    /** A write or a flush. */
    private record Step(int length, boolean direct, boolean flush) {}

    /** One response: everything about it follows from the generator. */
    private static final class Case {
        private final String coding;
        private final String type;
        private final Framing framing;
        private final byte[] payload;
        private final int bufferSize;
        private final List<Step> steps = new ArrayList<>();

        /** Whether the client goes before it has all. */
        private final boolean vanishes;

        /** The flush after which it goes then; -1 is after the head. */
        private final int vanishesAfter;

        private final BlockingQueue<Integer> decoded = new LinkedBlockingQueue<>();
        private final BlockingQueue<Throwable> ended = new LinkedBlockingQueue<>();

        Case(Random random, boolean mayVanish) {
            coding = CODINGS[random.nextInt(CODINGS.length)];
            type = TYPES[random.nextInt(TYPES.length)];
            framing = Framing.values()[random.nextInt(3)];
            payload = payload(random);
            bufferSize = random.nextInt(4) == 0 ? 256 + random.nextInt(40_000) : DEFAULT_BUFFER;
            cut(random);
            int flushes = (int) steps.stream().filter(Step::flush).count();
            vanishes = mayVanish && random.nextInt(6) == 0;
            vanishesAfter = random.nextInt(flushes + 1) - 1;
        }

        private static byte[] payload(Random random) {
            int most =
                    switch (random.nextInt(6)) {
                        case 0 -> 1;
                        case 1 -> 600;
                        case 2, 3 -> 9_000;
                        case 4 -> 40_000;
                        default -> 150_000;
                    };
            byte[] bytes = new byte[random.nextInt(most)];
            int letters = 1 + random.nextInt(256);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(8) == 0 ? i / 9 : random.nextInt(letters));
            }
            return bytes;
        }

        private void cut(Random random) {
            int most = 1 + random.nextInt(random.nextBoolean() ? payload.length + 1 : 3_000);
            boolean flushes = random.nextInt(4) > 0;
            for (int at = 0; at < payload.length || random.nextInt(3) == 0; ) {
                boolean flush = flushes && random.nextInt(4) == 0;
                boolean empty = flush || random.nextInt(6) == 0;
                int length = empty ? 0 : Math.min(1 + random.nextInt(most), payload.length - at);
                steps.add(new Step(length, random.nextBoolean(), flush));
                at += length;
            }
        }

        /** What the client has to be told, from what the response knew when it was committed. */
        boolean isCoded() {
            int gathered = 0;
            for (Step step : steps) {
                gathered += step.length();
                if (step.flush() || gathered > bufferSize || isFlushed(step)) {
                    int known = framing == Framing.KNOWN_LENGTH ? payload.length : MIN_SIZE;
                    return !coding.equals("identity") && known >= MIN_SIZE;
                }
            }
            return !coding.equals("identity") && payload.length >= MIN_SIZE;
        }

        /** Writes of these types are flushed without being asked, unless the length is known. */
        private boolean isFlushed(Step write) {
            return framing != Framing.KNOWN_LENGTH
                    && write.length() > 0
                    && !type.startsWith("text/plain")
                    && !type.startsWith("text/html");
        }

        void answer(Exchange exchange) throws Exception {
            Throwable end = null;
            try {
                write(exchange.response());
            } catch (Throwable e) {
                end = e;
                throw e;
            } finally {
                ended.add(end == null ? new Done() : end);
            }
        }

        private void write(Response response) throws Exception {
            response.fields().set("Content-Type", type);
            response.bufferSize(bufferSize);
            if (framing == Framing.KNOWN_LENGTH) {
                response.contentLength(payload.length);
            }
            int at = 0;
            int flushes = 0;
            for (Step step : steps) {
                if (step.flush()) {
                    response.flush();
                    boolean vanished = vanishes && flushes > vanishesAfter;
                    flushes++;
                    if (!vanished) {
                        Integer count = decoded.poll(20, TimeUnit.SECONDS);
                        assertEquals(at, count, "decoded after the flush");
                    }
                } else if (step.direct()) {
                    response.write(
                            ByteBuffer.allocateDirect(step.length())
                                    .put(0, payload, at, step.length()));
                } else {
                    response.write(payload, at, step.length());
                }
                at += step.length();
            }
        }

        String request() {
            return """
            GET /case HTTP/1.%d
            Host: localhost
            Accept-Encoding: %s

            """
                    .formatted(framing == Framing.UNTIL_CLOSE ? 0 : 1, coding);
        }

        /**
         * Reads and decodes, and confirms each flush.
         *
         * @return whether the client is still there
         */
        boolean receive(RawClient client, ByteArrayOutputStream wire) throws Exception {
            String head = client.readHead();
            assertTrue(head.startsWith("HTTP/1.1 200 OK\n"), head);
            assertTrue(head.contains("Vary: Accept-Encoding\n"), head);
            assertEquals(isCoded(), head.contains("Content-Encoding: " + coding + "\n"), head);
            if (vanishes && vanishesAfter < 0) {
                return false;
            }
            InputStream content = new Copied(content(client, head), wire);
            InputStream decoder = null;
            int at = 0;
            int flushed = 0;
            int flushes = 0;
            for (Step step : steps) {
                at += step.length();
                if (step.flush()) {
                    if (decoder == null && at > 0) {
                        decoder = decoder(content);
                    }
                    if (decoder != null) {
                        assertPart(flushed, at, decoder);
                    }
                    flushed = at;
                    decoded.add(at);
                    if (flushes++ == vanishesAfter && vanishes) {
                        return false;
                    }
                }
            }
            decoder = decoder == null ? decoder(content) : decoder;
            assertPart(flushed, payload.length, decoder);
            assertEquals(-1, decoder.read(), "one end");
            assertEquals(-1, content.read(), "nothing behind it");
            if (isCoded()) {
                assertOneWhole(wire.toByteArray());
            }
            if (framing != Framing.UNTIL_CLOSE) {
                assertServesAnother(client);
            } else if (!head.contains("Content-Length")) {
                assertTrue(head.contains("Connection: close\n"), head);
            }
            return true;
        }

        /** A second decoder, which takes all in one piece and says where it ended. */
        private void assertOneWhole(byte[] coded) throws DataFormatException {
            byte[] plain = new byte[payload.length];
            if (coding.equals("zstd")) {
                assertEquals(coded.length, Zstd.findFrameCompressedSize(coded), "one frame");
                assertEquals(plain.length, Zstd.decompress(plain, coded));
            } else {
                Inflater inflater = new Inflater(true);
                inflater.setInput(coded, GZIP_HEADER, coded.length - GZIP_HEADER);
                int length = 0;
                while (!inflater.finished()) {
                    length += inflater.inflate(plain, length, plain.length - length);
                }
                assertEquals(plain.length, length);
                assertEquals(GZIP_TRAILER, inflater.getRemaining(), "one member");
                inflater.end();
            }
            assertArrayEquals(payload, plain);
        }

        private void assertPart(int from, int to, InputStream decoder) throws IOException {
            assertArrayEquals(Arrays.copyOfRange(payload, from, to), decoder.readNBytes(to - from));
        }

        private InputStream content(RawClient client, String head) throws IOException {
            if (head.contains("Transfer-Encoding: chunked\n")) {
                return new ChunkedInput(client);
            }
            int at = head.indexOf("Content-Length: ");
            if (at < 0) {
                return client.in();
            }
            String length = head.substring(at + 16, head.indexOf('\n', at));
            return new Bounded(client.in(), Integer.parseInt(length));
        }

        private InputStream decoder(InputStream content) throws IOException {
            if (!isCoded()) {
                return content;
            }
            return coding.equals("gzip")
                    ? new GZIPInputStream(content, 1)
                    : new ZstdInputStream(content).setContinuous(true);
        }

        private static void assertServesAnother(RawClient client) throws IOException {
            client.send("GET /ping HTTP/1.1\nHost: localhost\n\n");
            String head = client.readHead();
            assertTrue(head.contains("Content-Length: 1\n"), head);
            assertEquals("!", client.read(1));
        }
    }

    /** The end of a handler that came through. */
    private static final class Done extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** Content of a known length. */
    private static final class Bounded extends FilterInputStream {
        private int left;

        Bounded(InputStream in, int length) {
            super(in);
            left = length;
        }

        @Override
        public int read() throws IOException {
            return left == 0 ? -1 : counted(super.read(), 1);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = super.read(target, offset, Math.min(length, left));
            return counted(count, count);
        }

        private int counted(int result, int count) throws IOException {
            if (result < 0) {
                throw new IOException("the connection ended " + left + " bytes too early");
            }
            left -= count;
            return result;
        }
    }

    /** Keeps a copy of what is read. */
    private static final class Copied extends FilterInputStream {
        private final ByteArrayOutputStream copy;

        Copied(InputStream in, ByteArrayOutputStream copy) {
            super(in);
            this.copy = copy;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            if (value >= 0) {
                copy.write(value);
            }
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            if (count > 0) {
                copy.write(target, offset, count);
            }
            return count;
        }
    }

    private String run(Case one, ByteArrayOutputStream collected) throws Exception {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        next.add(one);
        boolean stayed;
        try (RawClient client = server.connect()) {
            client.send(one.request());
            stayed = one.receive(client, wire);
            if (!stayed) {
                client.socket().setSoLinger(true, 0);
            }
        }
        Throwable end = Objects.requireNonNull(one.ended.poll(20, TimeUnit.SECONDS), "no end");
        if (stayed && !(end instanceof Done) || !stayed && !isOfVanishing(end)) {
            throw new AssertionError("the handler failed", end);
        }
        awaitEncodersBack();
        wire.writeTo(collected);
        return stayed ? (one.isCoded() ? one.coding : "identity") : "vanished";
    }

    /** It may also have come through: nobody tells the server of the client before it writes. */
    private static boolean isOfVanishing(Throwable end) {
        return end instanceof Done || end instanceof IOException;
    }

    private void awaitEncodersBack() {
        long end = System.nanoTime() + 10_000_000_000L;
        while (server.server().encodersInUse() > 0) {
            assertTrue(System.nanoTime() < end, "an encoder is still out");
            Thread.onSpinWait();
        }
    }

    private void assertPoolIsWhole() {
        awaitEncodersBack();
        server.server().reload(server.server().config().with("compression.memory", "0"));
        assertEquals(0, server.server().encoderBytes());
    }

    @Test
    void theClientHasAfterEachFlushWhatWasWrittenBeforeItAndSeesOneEnd() {
        Fuzz fuzz = new Fuzz("content coding", MOST_ALLOCATED, SHARE);
        fuzz.run(random -> run(new Case(random, true), new ByteArrayOutputStream()));
        for (String coding : CODINGS) {
            fuzz.assertShare(coding, 10);
        }
        fuzz.assertShare("vanished", 3);
        assertPoolIsWhole();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void theCommandLineToolsDecodeIt(String tool, @TempDir Path directory) throws Exception {
        assumeTrue(isInstalled(tool));
        ByteArrayOutputStream payloads = new ByteArrayOutputStream();
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        Random random = new Random(1);
        for (int cases = 0; cases < 100; ) {
            Case one = new Case(random, false);
            if (one.coding.equals(tool) && one.isCoded()) {
                run(one, coded);
                payloads.writeBytes(one.payload);
                cases++;
            }
        }
        Path in = Files.write(directory.resolve("in"), coded.toByteArray());
        Path out = directory.resolve("out");
        int exit =
                new ProcessBuilder(tool, "-d", "-c")
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start()
                        .waitFor();
        assertEquals(0, exit);
        assertArrayEquals(payloads.toByteArray(), Files.readAllBytes(out));
        assertPoolIsWhole();
    }

    private static boolean isInstalled(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }
}
