package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.exchange.Suspension.Step;
import dev.pounce.server.ExchangeSteps.Taken;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

class ExchangeStepsTest {
    private static final Step STEP = exchange -> {};

    @Test
    void anExchangeThatIsNotSuspendedEndsWithItsStep() {
        ExchangeSteps steps = new ExchangeSteps();
        assertEquals(Taken.REFUSED, steps.resume(STEP));
        assertNull(steps.returned());
        assertTrue(steps.hasEnded());
        assertEquals(Taken.REFUSED, steps.resume(STEP));
        assertThrows(IllegalStateException.class, steps::suspend);
    }

    @Test
    void whoResumesBeforeTheStepReturnedIsTakenByItsThread() {
        ExchangeSteps steps = new ExchangeSteps();
        steps.suspend();
        assertThrows(IllegalStateException.class, steps::suspend);
        assertEquals(Taken.LATER, steps.resume(STEP));
        assertEquals(Taken.REFUSED, steps.resume(STEP));
        assertSame(STEP, steps.returned());
        assertFalse(steps.hasEnded());
    }

    @Test
    void whoResumesAfterwardsStartsTheStep() {
        ExchangeSteps steps = new ExchangeSteps();
        steps.suspend();
        assertNull(steps.returned());
        assertFalse(steps.hasEnded());
        assertEquals(Taken.NOW, steps.resume(STEP));
        assertEquals(Taken.REFUSED, steps.resume(STEP));
        assertNull(steps.returned());
        assertTrue(steps.hasEnded());
    }

    @Test
    void aFailureVoidsWhatWasSaidOfGoingOn() {
        ExchangeSteps steps = new ExchangeSteps();
        steps.suspend();
        steps.resume(STEP);
        steps.failed();
        assertNull(steps.returned());
        assertTrue(steps.hasEnded());
    }

    /** As asynchronous processing does: it is asked for, and looked at again once suspended. */
    @Test
    void noWakeUpIsLostBetweenAskingAndSuspending() throws Exception {
        int rounds = 200_000;
        AtomicReference<ExchangeSteps> current = new AtomicReference<>();
        AtomicBoolean asked = new AtomicBoolean();
        AtomicInteger runs = new AtomicInteger();
        CyclicBarrier barrier = new CyclicBarrier(2);
        Thread application =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    for (int i = 0; i < rounds; i++) {
                                        await(barrier);
                                        asked.set(true);
                                        if (current.get().resume(STEP) == Taken.NOW) {
                                            runs.incrementAndGet();
                                        }
                                        await(barrier);
                                    }
                                });
        for (int i = 0; i < rounds; i++) {
            ExchangeSteps steps = new ExchangeSteps();
            current.set(steps);
            asked.set(false);
            runs.set(0);
            await(barrier);
            steps.suspend();
            if (asked.get()) {
                steps.resume(STEP);
            }
            if (steps.returned() != null) {
                runs.incrementAndGet();
            }
            await(barrier);
            assertEquals(1, runs.get(), "round " + i);
        }
        application.join();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
