package dev.pounce.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pounce.encoding.BodyEncoder.Directive;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The compression property: any payload, cut anywhere, flushed anywhere, through any buffers. A
 * decoder has after each flush all that was written before it, gives the payload back, sees exactly
 * one end; and the pool is whole afterwards.
 */
class BodyEncoderPropertyTest {

    private static final int CASES = 3_000;
    private static final int[] DST_SIZES = {
        1, 4, 5, 6, 7, 15, 16, 17, 64, 100, 1_000, 8_192, 40_000
    };
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final EncoderPool pool = new EncoderPool(256L << 20);
    private final EncoderProfiles profiles = new EncoderProfiles(EncoderSettings.defaults());

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void thePeerHasAfterEachFlushWhatWasWrittenBeforeIt(ContentCoding coding) throws IOException {
        for (int seed = 0; seed < CASES; seed++) {
            try {
                new Case(coding, seed).run(new ByteArrayOutputStream());
            } catch (Throwable failure) {
                throw new AssertionError(coding + " with seed " + seed, failure);
            }
        }
        assertEquals(0, pool.lent());
        assertEquals(0, pool.refused());
        pool.close();
        assertEquals(0, pool.bytesHeld());
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void theCommandLineToolsDecodeIt(ContentCoding coding, @TempDir Path directory)
            throws IOException, InterruptedException {
        String tool = coding.token();
        assumeTrue(isInstalled(tool));
        ByteArrayOutputStream payloads = new ByteArrayOutputStream();
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        for (int seed = 10_000; seed < 10_200; seed++) {
            Case one = new Case(coding, seed);
            one.run(encoded);
            payloads.write(one.payload);
        }
        Path in = Files.write(directory.resolve("in"), encoded.toByteArray());
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
    }

    private static boolean isInstalled(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }

    /** One body: everything about it follows from the seed. */
    private final class Case {
        private final Random random;
        private final ContentCoding coding;
        private final EncoderProfile profile;
        private final byte[] payload;
        private final ByteBuffer dst;
        private final boolean directSource;
        private final boolean eager;
        private final ByteArrayOutputStream wire = new ByteArrayOutputStream();

        Case(ContentCoding coding, int seed) {
            this.random = new Random(seed);
            this.coding = coding;
            int dstSize = DST_SIZES[random.nextInt(DST_SIZES.length)];
            payload = payload(dstSize);
            profile =
                    switch (random.nextInt(3)) {
                        case 0 -> profiles.ofEvents(coding);
                        case 1 -> profiles.ofLength(coding, payload.length);
                        default -> profiles.ofLength(coding, -1);
                    };
            dst =
                    random.nextBoolean()
                            ? ByteBuffer.allocateDirect(dstSize)
                            : ByteBuffer.allocate(dstSize + 3).slice(3, dstSize);
            directSource = random.nextBoolean();
            eager = random.nextBoolean();
        }

        private byte[] payload(int dstSize) {
            int most =
                    dstSize >= 8_192 && random.nextInt(8) == 0
                            ? 400_000
                            : Math.min(dstSize * 40, 20_000);
            int length = random.nextInt(10) == 0 ? 0 : random.nextInt(most);
            byte[] bytes = new byte[length];
            switch (random.nextInt(3)) {
                case 0 -> random.nextBytes(bytes);
                case 1 -> fillWithText(bytes);
                default -> {
                    random.nextBytes(bytes);
                    for (int i = 0; i < length; i++) {
                        bytes[i] = i / 1_000 % 2 == 0 ? (byte) (i / 7) : bytes[i];
                    }
                }
            }
            return bytes;
        }

        private void fillWithText(byte[] bytes) {
            byte[] words =
                    "{\"data\": \"event\", \"id\": 1234567890}\n"
                            .getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] =
                        random.nextInt(20) == 0
                                ? (byte) random.nextInt(128)
                                : words[i % words.length];
            }
        }

        void run(ByteArrayOutputStream collected) throws IOException {
            abandonOne();
            BodyEncoder encoder = pool.borrow(profile);
            assertNotNull(encoder);
            try (encoder;
                    Probe peer = Probe.of(coding, payload)) {
                int written = 0;
                int tail = random.nextBoolean() ? 0 : piece(payload.length);
                int end = payload.length - tail;
                while (written < end || random.nextInt(4) == 0) {
                    int piece = piece(end - written);
                    Directive directive =
                            random.nextInt(3) == 0 ? Directive.FLUSH : Directive.CONTINUE;
                    drive(encoder, peer, source(written, piece), directive);
                    written += piece;
                    if (directive == Directive.FLUSH) {
                        drain(peer);
                        assertEquals(written, peer.decoded(), "decodable after the flush");
                        assertNothingMoreToFlush(encoder);
                    }
                }
                drive(encoder, peer, source(end, tail), Directive.END);
                drain(peer);
                assertTrue(encoder.encode(NOTHING, dst, Directive.END), "END again is no error");
                assertTrue(encoder.encode(NOTHING, dst, Directive.FLUSH));
                assertEquals(0, dst.position(), "nothing after the end");
                peer.verifyEnd(wire.toByteArray());
            }
            wire.writeTo(collected);
        }

        /** Leaves a body at some point, so that the next one meets a context with a past. */
        private void abandonOne() {
            if (random.nextInt(4) == 0) {
                BodyEncoder encoder = pool.borrow(profile);
                assertNotNull(encoder);
                Directive directive = Directive.values()[random.nextInt(3)];
                encoder.encode(source(0, payload.length / 2), dst, directive);
                encoder.close();
                dst.clear();
            }
        }

        private int piece(int rest) {
            return rest == 0 || random.nextInt(5) == 0
                    ? 0
                    : 1 + random.nextInt(random.nextBoolean() ? rest : Math.min(rest, 50));
        }

        private ByteBuffer source(int from, int length) {
            if (directSource) {
                return ByteBuffer.allocateDirect(length + 2)
                        .position(1)
                        .limit(length + 1)
                        .put(1, payload, from, length);
            }
            return ByteBuffer.wrap(payload, from, length).slice();
        }

        private void drive(BodyEncoder encoder, Probe peer, ByteBuffer src, Directive directive) {
            int rounds = 0;
            while (!encoder.encode(src, dst, directive)) {
                assertEquals(0, dst.remaining(), "false says that dst is full");
                assertTrue(++rounds <= 2 * payload.length + 100, "no progress");
                drain(peer);
            }
            assertEquals(0, src.remaining(), "true says that src is consumed");
            if (eager) {
                drain(peer);
            }
        }

        private void assertNothingMoreToFlush(BodyEncoder encoder) {
            assertTrue(encoder.encode(NOTHING, dst, Directive.FLUSH));
            assertEquals(0, dst.position(), "an empty flush writes nothing");
        }

        private void drain(Probe peer) {
            dst.flip();
            byte[] bytes = new byte[dst.remaining()];
            dst.get(bytes);
            wire.writeBytes(bytes);
            peer.receive(ByteBuffer.wrap(bytes));
            dst.clear();
        }
    }
}
