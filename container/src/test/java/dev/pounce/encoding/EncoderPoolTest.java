package dev.pounce.encoding;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
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

    private static final long ZSTD_BYTES = ZstdMemory.contextBytes(1, 17);
    private static final long GZIP_BYTES = GzipContext.BYTES;

    private static EncoderPool pool(long memory) {
        return new EncoderPool(new EncoderSettings(memory, 1, 17, 5));
    }

    private static BodyEncoder borrow(EncoderPool pool, ContentCoding coding) {
        return Objects.requireNonNull(pool.borrow(coding));
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
            BodyEncoder first = borrow(pool, ContentCoding.ZSTD);
            BodyEncoder second = borrow(pool, ContentCoding.ZSTD);
            assertNull(pool.borrow(ContentCoding.ZSTD));
            assertNull(pool.borrow(ContentCoding.GZIP));
            assertEquals(2, pool.lent());
            assertEquals(2, pool.refused());
            assertEquals(2 * ZSTD_BYTES, pool.bytesHeld());
            first.close();
            assertEquals(1, pool.lent());
            assertEquals(2 * ZSTD_BYTES, pool.bytesHeld(), "idle contexts count");
            borrow(pool, ContentCoding.ZSTD).close();
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
                BodyEncoder encoder = borrow(pool, ContentCoding.ZSTD);
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
            BodyEncoder stale = borrow(pool, coding);
            stale.close();
            BodyEncoder current = borrow(pool, coding);
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
            BodyEncoder first = borrow(pool, ContentCoding.GZIP);
            BodyEncoder second = borrow(pool, ContentCoding.GZIP);
            first.close();
            assertNull(pool.borrow(ContentCoding.ZSTD), "one gzip context is still lent");
            second.close();
            BodyEncoder zstd = pool.borrow(ContentCoding.ZSTD);
            assertNotNull(zstd);
            assertEquals(ZSTD_BYTES, pool.bytesHeld());
            zstd.close();
            borrow(pool, ContentCoding.GZIP).close();
            assertEquals(GZIP_BYTES, pool.bytesHeld());
        }
    }

    @Test
    void aClosedPoolLendsNothingAndFreesWhatComesBack() {
        EncoderPool pool = pool(10 * ZSTD_BYTES);
        BodyEncoder lent = borrow(pool, ContentCoding.ZSTD);
        borrow(pool, ContentCoding.GZIP).close();
        pool.close();
        assertEquals(ZSTD_BYTES, pool.bytesHeld());
        assertNull(pool.borrow(ContentCoding.ZSTD));
        assertNull(pool.borrow(ContentCoding.GZIP));
        encodeOne(lent, new byte[100]);
        lent.close();
        assertEquals(0, pool.bytesHeld());
        assertEquals(0, pool.lent());
        assertDoesNotThrow(pool::close);
    }

    @Test
    void identityNeedsNoEncoder() {
        try (EncoderPool pool = pool(ZSTD_BYTES)) {
            assertThrows(IllegalArgumentException.class, () -> pool.borrow(ContentCoding.IDENTITY));
        }
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
        BodyEncoder encoder = pool.borrow(zstd ? ContentCoding.ZSTD : ContentCoding.GZIP);
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
    @CsvSource({
        "1, 17, 976289",
        "1, 19, 1369505",
        "2, 23, 9430433",
        "3, 23, 9954721",
        "9, 23, 21751201"
    })
    void contextSizesAgreeWithTheLibrarysOwnEstimate(int level, int windowLog, long estimate) {
        long ours = ZstdMemory.contextBytes(level, windowLog);
        assertTrue(ours >= estimate, ours + " is below " + estimate);
        assertTrue(ours - estimate < 16 << 10, ours + " is far above " + estimate);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1, 17, 5, memory",
        "1, 0, 17, 5, zstd level",
        "1, 10, 17, 5, zstd level",
        "1, 1, 9, 5, zstd window log",
        "1, 1, 24, 5, zstd window log",
        "1, 1, 17, 0, gzip level",
        "1, 1, 17, 10, gzip level"
    })
    void settingsOutOfRangeAreNamed(long memory, int level, int windowLog, int gzip, String name) {
        var thrown =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new EncoderSettings(memory, level, windowLog, gzip));
        assertTrue(thrown.getMessage().startsWith(name + " is "), thrown.getMessage());
    }

    @Test
    void everyLevelAndWindowEncodes() {
        byte[] payload = "all the same ".repeat(500).getBytes(StandardCharsets.US_ASCII);
        for (int level = 1; level <= 9; level++) {
            for (int windowLog : new int[] {10, 14, 17, 20, 23}) {
                EncoderSettings settings = new EncoderSettings(64 << 20, level, windowLog, level);
                try (EncoderPool pool = new EncoderPool(settings);
                        BodyEncoder zstd = borrow(pool, ContentCoding.ZSTD);
                        BodyEncoder gzip = borrow(pool, ContentCoding.GZIP)) {
                    encodeOne(zstd, payload);
                    encodeOne(gzip, payload);
                }
            }
        }
    }
}
