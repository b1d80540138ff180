package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pounce.exchange.Suspension.Step;
import dev.pounce.server.ExchangeSteps.After;
import dev.pounce.server.ExchangeSteps.Taken;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

class ExchangeStepsTest {
    private static final Step STEP = exchange -> {};

    private static ExchangeSteps begun() {
        ExchangeSteps steps = new ExchangeSteps();
        steps.begin();
        return steps;
    }

    @Test
    void anExchangeThatIsNotSuspendedEndsWithItsStep() {
        ExchangeSteps steps = begun();
        assertEquals(Taken.REFUSED, steps.resume(STEP));
        assertEquals(After.END, steps.returned());
        assertEquals(Taken.REFUSED, steps.resume(STEP));
        assertThrows(IllegalStateException.class, steps::suspend);
    }

    @Test
    void whoResumesBeforeTheStepReturnedIsTakenByItsThread() {
        ExchangeSteps steps = begun();
        steps.suspend();
        assertThrows(IllegalStateException.class, steps::suspend);
        assertEquals(Taken.LATER, steps.resume(STEP));
        assertEquals(Taken.REFUSED, steps.resume(STEP));
        assertEquals(After.GO_ON, steps.returned());
        assertSame(STEP, steps.next());
    }

    @Test
    void whoResumesAfterwardsStartsTheStep() {
        ExchangeSteps steps = begun();
        steps.suspend();
        assertEquals(After.LEAVE, steps.returned());
        assertEquals(Taken.NOW, steps.resume(STEP));
        assertEquals(Taken.REFUSED, steps.resume(STEP));
        assertEquals(After.END, steps.returned());
    }

    @Test
    void aFailureVoidsWhatWasSaidOfGoingOn() {
        ExchangeSteps steps = begun();
        steps.suspend();
        steps.resume(STEP);
        steps.failed();
        assertEquals(After.END, steps.returned());
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
            ExchangeSteps steps = begun();
            current.set(steps);
            asked.set(false);
            runs.set(0);
            await(barrier);
            steps.suspend();
            if (asked.get()) {
                steps.resume(STEP);
            }
            if (steps.returned() == After.GO_ON) {
                runs.incrementAndGet();
            }
            await(barrier);
            assertEquals(1, runs.get(), "round " + i);
        }
        application.join();
    }

    /** The thread that suspended it may look when another one has resumed and ended it. */
    @Test
    void oneThreadEndsAnExchange() throws Exception {
        int rounds = 100_000;
        AtomicReference<ExchangeSteps> current = new AtomicReference<>();
        AtomicInteger ends = new AtomicInteger();
        CyclicBarrier barrier = new CyclicBarrier(2);
        Thread application =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    for (int i = 0; i < rounds; i++) {
                                        await(barrier);
                                        if (current.get().resume(STEP) == Taken.NOW) {
                                            runToItsEnd(current.get(), ends);
                                        }
                                        await(barrier);
                                    }
                                });
        for (int i = 0; i < rounds; i++) {
            ExchangeSteps steps = begun();
            steps.suspend();
            current.set(steps);
            ends.set(0);
            await(barrier);
            runToItsEnd(steps, ends);
            await(barrier);
            assertEquals(1, ends.get(), "round " + i);
        }
        application.join();
    }

    private static void runToItsEnd(ExchangeSteps steps, AtomicInteger ends) {
        After after = steps.returned();
        while (after == After.GO_ON) {
            steps.next();
            after = steps.returned();
        }
        if (after == After.END) {
            ends.incrementAndGet();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
