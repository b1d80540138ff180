package dev.pounce.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MachineLoadTest {

    private static final String BEFORE =
            """
            cpu  100 10 50 1000 20 5 5 10 7 0
            cpu0 50 5 25 500 10 2 3 5 3 0
            """;

    @Test
    void idleTimeAndWaitingForDisksAreNotUsed() {
        assertEquals(0, MachineLoad.share(BEFORE, "cpu  100 10 50 1150 70 5 5 10 7 0\n"));
    }

    @Test
    void allElseIsUsedButGuestsAreCountedOnce() {
        assertEquals(0.25, MachineLoad.share(BEFORE, "cpu  120 12 60 1140 30 6 7 25 57 0\n"));
    }

    @Test
    void noTimeBetweenReadingsIsNoLoad() {
        assertEquals(0, MachineLoad.share(BEFORE, BEFORE));
    }

    @Test
    void aMachineThatIsNotQuietIsSaidToBe() {
        assertEquals(
                "Busy with other things: 1 % before, 5 % after", MachineLoad.describe(0.01, 0.05));
        assertEquals(
                "Busy with other things: 1 % before, 40 % after"
                        + " (not quiet: the figures are higher than they should be)",
                MachineLoad.describe(0.01, 0.4));
    }
}
