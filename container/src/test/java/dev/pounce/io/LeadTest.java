package dev.pounce.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class LeadTest {
    private final Lead lead = new Lead(new Watchdog(List.of(), 1));

    @Test
    void aLeadIsTakenOnlyInCodeOfUnknownLength() {
        assertFalse(lead.take(), "it leads nothing yet");
        lead.begin();
        assertFalse(lead.take());
        lead.enter();
        assertTrue(lead.take());
        assertFalse(lead.take(), "taken once");
    }

    @Test
    void whoComesBackInTimeLeadsOn() {
        lead.begin();
        lead.enter();
        lead.leave();
        assertFalse(lead.take());
        assertFalse(lead.isLost());
    }

    @Test
    void codeThatIsEnteredByAThreadWithoutLeadChangesNothing() {
        lead.begin();
        lead.enter();
        assertTrue(lead.take());
        lead.taken();
        lead.leave();
        assertTrue(lead.isLost());
        lead.enter();
        assertTrue(lead.isLost());
        lead.leave();
        assertTrue(lead.isLost());
    }

    @Test
    void whoComesBackWhileTheLoopIsTakenOverWaitsUntilThatIsDone() throws InterruptedException {
        for (int round = 0; round < 2000; round++) {
            Lead raced = new Lead(new Watchdog(List.of(), 1));
            int[] handed = new int[1];
            raced.begin();
            raced.enter();
            CountDownLatch started = new CountDownLatch(1);
            Thread other =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        started.countDown();
                                        if (raced.take()) {
                                            handed[0]++;
                                            raced.taken();
                                        }
                                    });
            assertTrue(started.await(10, TimeUnit.SECONDS));
            raced.leave();
            int seen = raced.isLost() ? handed[0] : 0;
            boolean lost = raced.isLost();
            other.join();
            assertEquals(handed[0], seen, "what was done while taking over is seen");
            assertEquals(lost, handed[0] == 1);
        }
    }
}
