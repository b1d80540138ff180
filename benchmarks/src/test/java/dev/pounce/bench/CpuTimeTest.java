package dev.pounce.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CpuTimeTest {

    private static final CpuTime HUNDRED_TICKS_A_SECOND = new CpuTime(10_000);

    @Test
    void addsUserAndSystemTime() {
        String stat = "42 (java) S 1 42 42 0 -1 4194304 9 8 7 6 150 25 3 4 20 0 9 0 1 2 3\n";
        assertEquals(1_750_000, HUNDRED_TICKS_A_SECOND.micros(stat));
    }

    @Test
    void aNameMayHoldSpacesAndParentheses() {
        String stat = "42 (a) R 1 2 (b) S 1 42 42 0 -1 4194304 9 8 7 6 150 25 3 4 20 0 9 0 1\n";
        assertEquals(1_750_000, HUNDRED_TICKS_A_SECOND.micros(stat));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void timeOfThisProcessAgreesWithTheJvm() {
        long pid = ProcessHandle.current().pid();
        double before = CpuTime.ofThisMachine().of(pid);
        double jvm =
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e3;
        double after = CpuTime.ofThisMachine().of(pid);
        assertTrue(before > 0);
        assertTrue(before <= jvm && jvm <= after, before + " <= " + jvm + " <= " + after);
    }

    @Test
    void aProcessThatIsGoneIsAnError() {
        BenchmarkException error =
                assertThrows(
                        BenchmarkException.class,
                        () -> HUNDRED_TICKS_A_SECOND.of(Integer.MAX_VALUE));
        assertTrue(error.getMessage().contains(Integer.toString(Integer.MAX_VALUE)));
    }
}
