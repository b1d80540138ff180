package dev.pounce.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;

import dev.pounce.encoding.BodyEncoder.Directive;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;

class BodyEncoderTest {

    private final EncoderPool pool = new EncoderPool(256L << 20);
    private final EncoderProfiles profiles = new EncoderProfiles(EncoderSettings.defaults());
    private final ByteBuffer dst = ByteBuffer.allocateDirect(8_192);

    @AfterEach
    void thePoolIsWhole() {
        assertEquals(0, pool.lent());
        pool.close();
        assertEquals(0, pool.bytesHeld());
    }

    private BodyEncoder borrow(ContentCoding coding) {
        BodyEncoder encoder = Objects.requireNonNull(pool.borrow(profiles.ofLength(coding, -1)));
        assertEquals(coding, encoder.coding());
        return encoder;
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes).clear();
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void rfc1952AnEmptyBodyIsAHeaderAnEmptyBlockAndATrailer() {
        try (BodyEncoder encoder = borrow(ContentCoding.GZIP)) {
            assertTrue(encoder.encode(text(""), dst, Directive.END));
        }
        assertEquals("1f8b08000000000000ff" + "0300" + "00000000" + "00000000", hex(dst));
    }

    @Test
    void rfc8878AnEmptyBodyIsAFrameWithOneEmptyLastBlock() {
        try (BodyEncoder encoder = borrow(ContentCoding.ZSTD)) {
            assertTrue(encoder.encode(text(""), dst, Directive.END));
        }
        String frame = hex(dst);
        assertTrue(frame.startsWith("28b52ffd"), frame);
        assertTrue(frame.endsWith("010000"), frame);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fresh", "used"})
    void rfc8878FramesHaveNeitherChecksumNorContentSize(String context) {
        prepare(context);
        try (BodyEncoder encoder = borrow(ContentCoding.ZSTD)) {
            assertTrue(encoder.encode(text("known length"), dst, Directive.END));
        }
        assertEquals(0, dst.get(4), "frame header descriptor");
        byte[] frame = HexFormat.of().parseHex(hex(dst));
        assertEquals(-1, Zstd.getFrameContentSize(frame), "unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fresh", "used"})
    void rfc9659TheWindowIsTheConfiguredOneWhenTheLengthIsUnknown(String context) {
        prepare(context);
        try (BodyEncoder encoder = borrow(ContentCoding.ZSTD)) {
            assertTrue(encoder.encode(text("event"), dst, Directive.FLUSH));
        }
        assertEquals(17, 10 + (dst.get(5) >> 3), "window descriptor");
    }

    /** A used context must have kept its settings. */
    private void prepare(String context) {
        if (context.equals("used")) {
            try (BodyEncoder encoder = borrow(ContentCoding.ZSTD)) {
                assertTrue(encoder.encode(text("abandoned"), dst, Directive.FLUSH));
            }
            dst.clear();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void aFlushOfNothingWritesNothing(ContentCoding coding) {
        try (BodyEncoder encoder = borrow(coding)) {
            assertTrue(encoder.encode(text(""), dst, Directive.CONTINUE));
            assertTrue(encoder.encode(text(""), dst, Directive.FLUSH));
            assertEquals(0, dst.position(), "before the first byte");
            assertTrue(encoder.encode(text("event"), dst, Directive.CONTINUE));
            assertTrue(encoder.encode(text(""), dst, Directive.FLUSH));
            int flushed = dst.position();
            assertTrue(flushed > 5);
            assertTrue(encoder.encode(text(""), dst, Directive.FLUSH));
            assertTrue(encoder.encode(text(""), dst, Directive.CONTINUE));
            assertTrue(encoder.encode(text(""), dst, Directive.FLUSH));
            assertEquals(flushed, dst.position(), "after a flush");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void aFlushThatFillsTheBufferToTheLastByteIsStillComplete(ContentCoding coding) {
        byte[] payload = new byte[700];
        new Random(7).nextBytes(payload);
        int needed;
        try (BodyEncoder encoder = borrow(coding)) {
            assertTrue(encoder.encode(ByteBuffer.wrap(payload), dst, Directive.FLUSH));
            needed = dst.position();
        }
        for (int size = needed - 20; size <= needed + 20; size++) {
            ByteBuffer exact = ByteBuffer.allocate(size);
            ByteBuffer src = ByteBuffer.wrap(payload);
            try (BodyEncoder encoder = borrow(coding);
                    Probe peer = Probe.of(coding, payload)) {
                while (!encoder.encode(src, exact, Directive.FLUSH)) {
                    peer.receive(exact.flip());
                    exact.clear();
                }
                peer.receive(exact.flip());
                assertEquals(payload.length, peer.decoded(), "with " + size + " bytes of room");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void withoutRoomNothingIsLost(ContentCoding coding) {
        ByteBuffer full = ByteBuffer.allocate(0);
        byte[] payload = "event".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer src = ByteBuffer.wrap(payload);
        try (BodyEncoder encoder = borrow(coding);
                Probe peer = Probe.of(coding, payload)) {
            assertFalse(encoder.encode(src, full, Directive.CONTINUE));
            assertFalse(encoder.encode(src, full, Directive.FLUSH));
            assertFalse(encoder.encode(src, full, Directive.END));
            assertTrue(encoder.encode(src, dst, Directive.END));
            peer.receive(dst.flip());
            assertTrue(peer.ended());
            assertEquals(payload.length, peer.decoded());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void afterTheEndOnlyCallsWithoutBytesAreAllowed(ContentCoding coding) {
        try (BodyEncoder encoder = borrow(coding)) {
            assertTrue(encoder.encode(text("all"), dst, Directive.END));
            int end = dst.position();
            for (Directive directive : Directive.values()) {
                assertTrue(encoder.encode(text(""), dst, directive));
                assertThrows(
                        IllegalStateException.class,
                        () -> encoder.encode(text("more"), dst, directive));
            }
            assertEquals(end, dst.position());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void anEndOnceAskedForIsToBeCompleted(ContentCoding coding) {
        try (BodyEncoder encoder = borrow(coding)) {
            assertFalse(encoder.encode(text("all"), ByteBuffer.allocate(3), Directive.END));
            assertThrows(
                    IllegalStateException.class,
                    () -> encoder.encode(text(""), dst, Directive.FLUSH));
            assertTrue(encoder.encode(text(""), dst, Directive.END));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void aContextThatFailedIsNotUsedAgain(ContentCoding coding) {
        byte[] incompressible = new byte[1_000];
        new Random(9).nextBytes(incompressible);
        BodyEncoder encoder = borrow(coding);
        long held = pool.bytesHeld();
        assertFalse(
                encoder.encode(
                        ByteBuffer.wrap(incompressible), ByteBuffer.allocate(100), Directive.END));
        assertThrows(
                RuntimeException.class, () -> encoder.encode(text("and more"), dst, Directive.END));
        assertThrows(
                IllegalStateException.class, () -> encoder.encode(text(""), dst, Directive.END));
        assertEquals(held, pool.bytesHeld());
        encoder.close();
        assertEquals(0, pool.bytesHeld());
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void buffersThatCannotBeUsedAreRefusedWithoutHarm(ContentCoding coding) {
        try (BodyEncoder encoder = borrow(coding)) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> encoder.encode(text("a").asReadOnlyBuffer(), dst, Directive.END));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> encoder.encode(text("a"), dst.asReadOnlyBuffer(), Directive.END));
            assertTrue(encoder.encode(text("a"), dst, Directive.END));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void aWriteKeepsTheLimitOfItsSource(ContentCoding coding) {
        ByteBuffer src = ByteBuffer.allocateDirect(100).position(10).limit(60);
        try (BodyEncoder encoder = borrow(coding)) {
            assertTrue(encoder.encode(src, dst, Directive.FLUSH));
            assertEquals(60, src.position());
            assertEquals(60, src.limit());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void aReusedContextAllocatesOnlyItsHandle(ContentCoding coding) {
        ByteBuffer src = ByteBuffer.allocateDirect(1_024);
        for (int i = 0; i < src.capacity(); i++) {
            src.put(i, (byte) (i * i >> 3));
        }
        Runnable bodies =
                () -> {
                    for (int i = 0; i < 50; i++) {
                        try (BodyEncoder encoder = borrow(coding)) {
                            assertTrue(encoder.encode(src.rewind(), dst.clear(), Directive.END));
                        }
                    }
                };
        long perBody = Allocations.fewest(bodies) / 50;
        assertTrue(perBody <= 128, perBody + " bytes of heap a body");
        try (BodyEncoder encoder = borrow(coding)) {
            Runnable flushes =
                    () -> {
                        for (int i = 0; i < 50; i++) {
                            assertTrue(encoder.encode(src.rewind(), dst.clear(), Directive.FLUSH));
                        }
                    };
            assertEquals(0, Allocations.fewest(flushes));
        }
        assertEquals(0, pool.refused());
    }
}
