package dev.pounce.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.route.PaceState.Event;
import dev.pounce.testing.StateTable;

import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace();

    private void fall() {
        while (!pace.tookLong()) {
            assertTrue(pace.isShort());
        }
    }

    /** How many short requests on virtual threads it takes until the route is tried in place. */
    private int proof() {
        int count = 1;
        while (!pace.ranApart(true)) {
            count++;
        }
        return count;
    }

    @Test
    void theTableIsDocumented() throws Exception {
        StateTable.assertDocumented(
                "The pace of a route", PaceState.class, Event.class, PaceState::on);
    }

    @Test
    void aFewLongRequestsAreForgivenAndTheNextIsOneTooMany() {
        assertFalse(pace.tookLong());
        assertFalse(pace.tookLong());
        assertEquals(PaceState.SHORT, pace.state());
        assertTrue(pace.tookLong());
        assertEquals(PaceState.LONG, pace.state());
        assertFalse(pace.isShort());
        assertFalse(pace.tookLong(), "it has fallen already");
    }

    @Test
    void aRouteWhoseLongRequestsAreRareStaysInPlace() {
        for (int i = 0; i < 1000; i++) {
            pace.wereShort(192);
            assertFalse(pace.tookLong());
        }
        assertEquals(PaceState.SHORT, pace.state());
    }

    @Test
    void aRouteWithALongRequestInAHundredLeavesAndDoesNotComeBack() {
        for (int i = 0; i < 100 && pace.isShort(); i++) {
            pace.wereShort(99);
            pace.tookLong();
        }
        assertEquals(PaceState.LONG, pace.state());
        int returns = 0;
        for (int i = 0; i < 100_000; i++) {
            if (pace.ranApart(i % 100 != 0)) {
                returns++;
                fall();
            }
        }
        assertTrue(returns <= 1, returns + " returns");
    }

    @Test
    void aRouteThatIsShortOnVirtualThreadsIsTriedInPlace() {
        fall();
        assertEquals(64, proof());
        assertEquals(PaceState.TRIAL, pace.state());
        assertTrue(pace.isShort());
    }

    @Test
    void eachFallFromATrialWantsTwiceTheProofUntilTheRouteIsTrustedAgain() {
        fall();
        assertEquals(64, proof());
        fall();
        assertEquals(128, proof());
        fall();
        assertEquals(256, proof());
        for (int i = 0; i < 20; i++) {
            fall();
            proof();
        }
        fall();
        assertEquals(8192, proof());
        pace.wereShort(1000);
        assertEquals(PaceState.SHORT, pace.state());
        fall();
        assertEquals(64, proof());
    }

    @Test
    void aLongRequestOnAVirtualThreadTakesProofBack() {
        fall();
        for (int i = 0; i < 63; i++) {
            assertFalse(pace.ranApart(true));
        }
        assertFalse(pace.ranApart(false));
        assertEquals(64, proof());
    }

    @Test
    void requestsThatStillRunInPlaceWhenTheRouteHasFallenChangeNothing() {
        fall();
        pace.wereShort(100_000);
        assertEquals(PaceState.LONG, pace.state());
        assertFalse(pace.tookLong());
        assertEquals(64, proof());
    }
}
