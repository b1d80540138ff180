package dev.pounce.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Objects;

class EncoderPoolsTest {
    private static final EncoderSettings BEFORE = new EncoderSettings(16L << 20, 1, 17, 5);
    private static final EncoderSettings AFTER = new EncoderSettings(16L << 20, 3, 18, 6);

    private static BodyEncoder borrow(EncoderPool pool, ContentCoding coding) {
        return Objects.requireNonNull(pool.borrow(coding));
    }

    @Test
    void equalSettingsKeepThePool() {
        try (EncoderPools pools = new EncoderPools()) {
            EncoderPool pool = pools.of(BEFORE);
            assertSame(pool, pools.of(new EncoderSettings(16L << 20, 1, 17, 5)));
            assertNotSame(pool, pools.of(AFTER));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void anEarlierPoolIsFreedWhenItsLastEncoderCameBack(ContentCoding coding) {
        try (EncoderPools pools = new EncoderPools()) {
            EncoderPool earlier = pools.of(BEFORE);
            BodyEncoder first = borrow(earlier, coding);
            BodyEncoder second = borrow(earlier, coding);
            borrow(earlier, coding).close();
            long oneContext = earlier.bytesHeld() / 3;

            pools.of(AFTER);

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
            EncoderPool earlier = pools.of(BEFORE);
            pools.of(AFTER);
            BodyEncoder late = earlier.borrow(ContentCoding.ZSTD);
            assertNotNull(late);
            assertEquals(1, pools.lent());
            late.close();
            assertEquals(0, pools.bytesHeld());
        }
    }

    @Test
    void closingClosesEarlierPoolsToo() {
        EncoderPools pools = new EncoderPools();
        EncoderPool earlier = pools.of(BEFORE);
        EncoderPool current = pools.of(AFTER);
        pools.close();
        assertNull(earlier.borrow(ContentCoding.ZSTD));
        assertNull(current.borrow(ContentCoding.ZSTD));
    }
}
