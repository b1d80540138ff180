package dev.pounce.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pounce.io.LookPace.Finding;

import org.junit.jupiter.api.Test;

class LookPaceTest {
    private static final long PERIOD = 7;
    private static final long CALM = LookPace.CALM_PERIODS * PERIOD;

    private final LookPace pace = new LookPace(PERIOD);

    private void becomeCalm() {
        for (int i = 1; i < LookPace.CALM_AFTER; i++) {
            assertEquals(PERIOD, pace.next(i % 2 == 0 ? Finding.NOTHING : Finding.RETURNED));
        }
        assertEquals(CALM, pace.next(Finding.RETURNED));
    }

    @Test
    void itLooksLessOftenWhenNoneHasTakenLongForAWhile() {
        becomeCalm();
        assertEquals(CALM, pace.next(Finding.NOTHING));
        assertEquals(CALM, pace.next(Finding.RETURNED));
    }

    @Test
    void whoIsFoundInsideIsLookedAtAgainAsSoonAsEver() {
        becomeCalm();
        assertEquals(PERIOD, pace.next(Finding.INSIDE));
        assertEquals(CALM, pace.next(Finding.RETURNED));
        assertEquals(PERIOD, pace.next(Finding.INSIDE));
    }

    /** Of a busy worker every look finds one. */
    @Test
    void theSecondLookIsNotFollowedByAThirdForAnotherOne() {
        becomeCalm();
        assertEquals(PERIOD, pace.next(Finding.INSIDE));
        assertEquals(CALM, pace.next(Finding.INSIDE));
        assertEquals(PERIOD, pace.next(Finding.INSIDE));
        assertEquals(CALM, pace.next(Finding.INSIDE));
    }

    @Test
    void oneThatTakesLongEndsTheCalm() {
        becomeCalm();
        assertEquals(PERIOD, pace.next(Finding.LONG));
        becomeCalm();
    }

    @Test
    void theMostUrgentFindingCounts() {
        assertEquals(Finding.LONG, Finding.INSIDE.or(Finding.LONG));
        assertEquals(Finding.INSIDE, Finding.INSIDE.or(Finding.RETURNED));
        assertEquals(Finding.RETURNED, Finding.NOTHING.or(Finding.RETURNED));
    }
}
