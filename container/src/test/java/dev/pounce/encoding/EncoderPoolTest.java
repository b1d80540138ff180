package dev.pounce.encoding;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.encoding.BodyEncoder.Directive;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

class EncoderPoolTest {

    private static final EncoderProfiles PROFILES =
            new EncoderProfiles(new EncoderSettings(1, 17, 12, 5));
    private static final EncoderProfile ZSTD = PROFILES.ofLength(ContentCoding.ZSTD, -1);
    private static final EncoderProfile GZIP = PROFILES.ofLength(ContentCoding.GZIP, -1);
    private static final EncoderProfile EVENTS = PROFILES.ofEvents(ContentCoding.ZSTD);

    private static final long ZSTD_BYTES = ZstdMemory.contextBytes(1, 17);
    private static final long GZIP_BYTES = GzipContext.BYTES;

    private static EncoderPool pool(long memory) {
        return new EncoderPool(memory);
    }

    private static BodyEncoder borrow(EncoderPool pool, EncoderProfile profile) {
        return Objects.requireNonNull(pool.borrow(profile));
    }

    private static void encodeOne(BodyEncoder encoder, byte[] payload) {
        ByteBuffer dst = ByteBuffer.allocate(payload.length + 200);
        assertTrue(encoder.encode(ByteBuffer.wrap(payload), dst, Directive.END));
        try (Probe peer = Probe.of(encoder.coding(), payload)) {
            peer.receive(dst.flip());
            assertTrue(peer.ended());
            assertEquals(payload.length, peer.decoded());
        }
    }

    @Test
    void theBoundHoldsAndRefusalsAreCounted() {
        try (EncoderPool pool = pool(2 * ZSTD_BYTES + GZIP_BYTES - 1)) {
            BodyEncoder first = borrow(pool, ZSTD);
            BodyEncoder second = borrow(pool, ZSTD);
            assertNull(pool.borrow(ZSTD));
            assertNull(pool.borrow(GZIP));
            assertEquals(2, pool.lent());
            assertEquals(2, pool.refused());
            assertEquals(2 * ZSTD_BYTES, pool.bytesHeld());
            first.close();
            assertEquals(1, pool.lent());
            assertEquals(2 * ZSTD_BYTES, pool.bytesHeld(), "idle contexts count");
            borrow(pool, ZSTD).close();
            second.close();
            assertEquals(0, pool.lent());
            assertEquals(2, pool.refused());
        }
    }

    @Test
    void contextsAreUsedAgainInNewEncoders() {
        try (EncoderPool pool = pool(100 * ZSTD_BYTES)) {
            List<BodyEncoder> seen = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                BodyEncoder encoder = borrow(pool, ZSTD);
                seen.forEach(old -> assertNotSame(old, encoder));
                seen.add(encoder);
                encodeOne(encoder, new byte[1_000]);
                encoder.close();
            }
            assertEquals(ZSTD_BYTES, pool.bytesHeld());
        }
    }

    @ParameterizedTest
    @CsvSource({"ZSTD", "GZIP"})
    void aStaleEncoderCannotTouchTheNextBody(ContentCoding coding) {
        try (EncoderPool pool = pool(ZSTD_BYTES)) {
            EncoderProfile profile = PROFILES.ofLength(coding, -1);
            BodyEncoder stale = borrow(pool, profile);
            stale.close();
            BodyEncoder current = borrow(pool, profile);
            stale.close();
            assertEquals(1, pool.lent());
            ByteBuffer some = ByteBuffer.wrap(new byte[10]);
            assertThrows(
                    IllegalStateException.class,
                    () -> stale.encode(some, ByteBuffer.allocate(100), Directive.END));
            encodeOne(current, "mine".getBytes(StandardCharsets.US_ASCII));
            current.close();
            assertEquals(0, pool.lent());
        }
    }

    @Test
    void idleContextsOfTheOtherCodingMakeRoom() {
        try (EncoderPool pool = pool(ZSTD_BYTES)) {
            BodyEncoder first = borrow(pool, GZIP);
            BodyEncoder second = borrow(pool, GZIP);
            first.close();
            assertNull(pool.borrow(ZSTD), "one gzip context is still lent");
            second.close();
            BodyEncoder zstd = pool.borrow(ZSTD);
            assertNotNull(zstd);
            assertEquals(ZSTD_BYTES, pool.bytesHeld());
            zstd.close();
            borrow(pool, GZIP).close();
            assertEquals(GZIP_BYTES, pool.bytesHeld());
        }
    }

    @Test
    void aClosedPoolLendsNothingAndFreesWhatComesBack() {
        EncoderPool pool = pool(10 * ZSTD_BYTES);
        BodyEncoder lent = borrow(pool, ZSTD);
        borrow(pool, GZIP).close();
        pool.close();
        assertEquals(ZSTD_BYTES, pool.bytesHeld());
        assertNull(pool.borrow(ZSTD));
        assertNull(pool.borrow(GZIP));
        encodeOne(lent, new byte[100]);
        lent.close();
        assertEquals(0, pool.bytesHeld());
        assertEquals(0, pool.lent());
        assertDoesNotThrow(pool::close);
    }

    @Test
    void idleContextsAreKeptByProfileAndMakeRoomForAnotherOne() {
        try (EncoderPool pool = pool(ZSTD_BYTES + EVENTS.contextBytes())) {
            borrow(pool, ZSTD).close();
            BodyEncoder events = borrow(pool, EVENTS);
            assertEquals(ZSTD_BYTES + EVENTS.contextBytes(), pool.bytesHeld(), "both are kept");
            BodyEncoder more = borrow(pool, EVENTS);
            assertEquals(2 * EVENTS.contextBytes(), pool.bytesHeld(), "the idle page had to go");
            assertNull(pool.borrow(ZSTD));
            events.close();
            more.close();
            assertEquals(2 * EVENTS.contextBytes(), pool.bytesHeld(), "both are idle");
            borrow(pool, ZSTD).close();
            assertEquals(ZSTD_BYTES + EVENTS.contextBytes(), pool.bytesHeld(), "one had to go");
            assertEquals(0, pool.lent());
        }
    }

    @Test
    void whatCanNeverFitDestroysNothing() {
        try (EncoderPool pool = pool(ZSTD_BYTES - 1)) {
            borrow(pool, EVENTS).close();
            assertNull(pool.borrow(ZSTD));
            assertEquals(EVENTS.contextBytes(), pool.bytesHeld());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 17",
        "0, 10",
        "1, 10",
        "1024, 10",
        "1025, 11",
        "65535, 16",
        "65536, 16",
        "65537, 17",
        "1000000, 17",
        "9223372036854775807, 17"
    })
    void aBodyOfKnownLengthGetsNoLargerWindowThanItNeeds(long length, int windowLog) {
        EncoderProfile profile = PROFILES.ofLength(ContentCoding.ZSTD, length);
        assertEquals(new EncoderProfile(ContentCoding.ZSTD, 1, windowLog), profile);
        assertSame(GZIP, PROFILES.ofLength(ContentCoding.GZIP, length));
    }

    @Test
    void eventStreamsHaveAProfileOfTheirOwnWhereTheCodingHasWindows() {
        assertEquals(new EncoderProfile(ContentCoding.ZSTD, 1, 12), EVENTS);
        assertSame(GZIP, PROFILES.ofEvents(ContentCoding.GZIP));
    }

    @Test
    void racingBorrowersNeverShareAContextNorBreakTheBound() throws Exception {
        long bound = 2 * ZSTD_BYTES + GZIP_BYTES;
        int threads = 6;
        int bodies = 400;
        CyclicBarrier start = new CyclicBarrier(threads);
        try (EncoderPool pool = pool(bound);
                var executor = Executors.newFixedThreadPool(threads)) {
            List<Future<Integer>> served = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                byte[] payload =
                        "thread %d ".formatted(t).repeat(200).getBytes(StandardCharsets.US_ASCII);
                int shift = t;
                Callable<Integer> borrower =
                        () -> {
                            start.await(10, TimeUnit.SECONDS);
                            int got = 0;
                            for (int i = 0; i < bodies; i++) {
                                boolean zstd = (i + shift) % 3 != 0;
                                got += race(pool, zstd, payload, bound);
                            }
                            return got;
                        };
                served.add(executor.submit(borrower));
            }
            int total = 0;
            for (Future<Integer> one : served) {
                total += one.get(60, TimeUnit.SECONDS);
            }
            assertTrue(total > bodies, "served " + total);
            assertEquals(threads * bodies, total + pool.refused());
            assertEquals(0, pool.lent());
            assertTrue(pool.bytesHeld() > 0);
            pool.close();
            assertEquals(0, pool.bytesHeld());
        }
    }

    private static int race(EncoderPool pool, boolean zstd, byte[] payload, long bound) {
        BodyEncoder encoder = pool.borrow(zstd ? ZSTD : GZIP);
        assertTrue(pool.bytesHeld() <= bound);
        if (encoder == null) {
            return 0;
        }
        try (encoder) {
            encodeOne(encoder, payload);
        }
        return 1;
    }

    @ParameterizedTest
    @CsvSource({"1, 17, 976289", "1, 19, 1369505", "2, 23, 9430433", "3, 23, 9954721"})
    void contextSizesAgreeWithTheLibrarysOwnEstimate(int level, int windowLog, long estimate) {
        long ours = ZstdMemory.contextBytes(level, windowLog);
        assertTrue(ours >= estimate, ours + " is below " + estimate);
        assertTrue(ours - estimate < 16 << 10, ours + " is far above " + estimate);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 17, 12, 5, zstd level",
        "10, 17, 12, 5, zstd level",
        "1, 9, 12, 5, zstd window log",
        "1, 24, 12, 5, zstd window log",
        "1, 17, 9, 5, zstd event window log",
        "1, 17, 24, 5, zstd event window log",
        "1, 17, 12, 0, gzip level",
        "1, 17, 12, 10, gzip level"
    })
    void settingsOutOfRangeAreNamed(int level, int windowLog, int events, int gzip, String name) {
        var thrown =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new EncoderSettings(level, windowLog, events, gzip));
        assertTrue(thrown.getMessage().startsWith(name + " is "), thrown.getMessage());
    }

    @Test
    void aNegativeBoundIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> pool(-1));
    }

    @Test
    void everyLevelAndWindowEncodes() {
        byte[] payload = "all the same ".repeat(500).getBytes(StandardCharsets.US_ASCII);
        for (int level = 1; level <= 9; level++) {
            for (int windowLog : new int[] {10, 14, 17, 20, 23}) {
                EncoderProfiles profiles =
                        new EncoderProfiles(new EncoderSettings(level, windowLog, 10, level));
                try (EncoderPool pool = pool(64 << 20);
                        BodyEncoder zstd = borrow(pool, profiles.ofLength(ContentCoding.ZSTD, -1));
                        BodyEncoder events = borrow(pool, profiles.ofEvents(ContentCoding.ZSTD));
                        BodyEncoder gzip =
                                borrow(pool, profiles.ofLength(ContentCoding.GZIP, -1))) {
                    encodeOne(zstd, payload);
                    encodeOne(events, payload);
                    encodeOne(gzip, payload);
                }
            }
        }
    }
}
