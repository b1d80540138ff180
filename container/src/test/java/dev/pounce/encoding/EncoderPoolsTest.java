package dev.pounce.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Objects;

class EncoderPoolsTest {
    private static final long BOUND = 16L << 20;
    private static final EncoderSettings BEFORE = new EncoderSettings(1, 17, 12, 5);
    private static final EncoderSettings AFTER = new EncoderSettings(3, 18, 12, 6);
    private static final EncoderProfile ZSTD =
            new EncoderProfiles(BEFORE).ofLength(ContentCoding.ZSTD, -1);

    private static BodyEncoder borrow(EncoderPool pool, ContentCoding coding) {
        return Objects.requireNonNull(
                pool.borrow(new EncoderProfiles(BEFORE).ofLength(coding, -1)));
    }

    @Test
    void equalSettingsKeepThePool() {
        try (EncoderPools pools = new EncoderPools()) {
            EncoderPool pool = pools.of(BOUND, List.of(BEFORE));
            assertSame(pool, pools.of(BOUND, List.of(new EncoderSettings(1, 17, 12, 5))));
            assertNotSame(pool, pools.of(BOUND, List.of(AFTER)));
        }
    }

    @Test
    void anotherBoundOrMoreSettingsMakeAnotherPool() {
        try (EncoderPools pools = new EncoderPools()) {
            EncoderPool pool = pools.of(BOUND, List.of(BEFORE));
            EncoderPool more = pools.of(BOUND, List.of(BEFORE, AFTER));
            assertNotSame(pool, more);
            assertNotSame(more, pools.of(BOUND + 1, List.of(BEFORE, AFTER)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void anEarlierPoolIsFreedWhenItsLastEncoderCameBack(ContentCoding coding) {
        try (EncoderPools pools = new EncoderPools()) {
            EncoderPool earlier = pools.of(BOUND, List.of(BEFORE));
            BodyEncoder first = borrow(earlier, coding);
            BodyEncoder second = borrow(earlier, coding);
            borrow(earlier, coding).close();
            long oneContext = earlier.bytesHeld() / 3;

            pools.of(BOUND, List.of(AFTER));

            assertEquals(2 * oneContext, earlier.bytesHeld(), "the idle one is freed at once");
            first.close();
            assertEquals(oneContext, pools.bytesHeld());
            assertEquals(1, pools.lent());
            second.close();
            assertEquals(0, pools.bytesHeld());
            assertEquals(0, pools.lent());
        }
    }

    @Test
    void whoBeganWithAnEarlierPoolMayStillBorrowFromIt() {
        try (EncoderPools pools = new EncoderPools()) {
            EncoderPool earlier = pools.of(BOUND, List.of(BEFORE));
            pools.of(BOUND, List.of(AFTER));
            BodyEncoder late = earlier.borrow(ZSTD);
            assertNotNull(late);
            assertEquals(1, pools.lent());
            late.close();
            assertEquals(0, pools.bytesHeld());
        }
    }

    @Test
    void closingClosesEarlierPoolsToo() {
        EncoderPools pools = new EncoderPools();
        EncoderPool earlier = pools.of(BOUND, List.of(BEFORE));
        EncoderPool current = pools.of(BOUND, List.of(AFTER));
        pools.close();
        assertNull(earlier.borrow(ZSTD));
        assertNull(current.borrow(ZSTD));
    }
}
