package dev.pounce.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

class WatchdogTest {
    private static final long PERIOD = Duration.ofMillis(1).toNanos();

    private final List<Watchdog.Watched> watched = new ArrayList<>();
    private final Watchdog watchdog = new Watchdog(watched, PERIOD);
    private final AtomicInteger looks = new AtomicInteger();
    private final CountDownLatch taken = new CountDownLatch(1);

    /** A leader in code of unknown length, whose thread is said to do what the parameter says. */
    private void lead(Lead.Share share) {
        Lead lead = new Lead(watchdog);
        watched.add(
                new Watchdog.Watched() {
                    @Override
                    public Lead lead() {
                        return lead;
                    }

                    @Override
                    public void takeOver(Lead from) {
                        if (from.take()) {
                            from.taken();
                            taken.countDown();
                        }
                    }
                });
        lead.begin(share);
        lead.enter();
        watchdog.start();
    }

    @AfterEach
    void stop() {
        watchdog.close();
    }

    /**
     * A thread's.
     *
     * @param nanosPerLook what it has run more at each look
     */
    private Lead.Share share(long nanosPerLook, BooleanSupplier wouldRun) {
        return new Lead.Share() {
            @Override
            public long ranNanos() {
                return looks.incrementAndGet() * nanosPerLook;
            }

            @Override
            public boolean wouldRun() {
                return wouldRun.getAsBoolean();
            }
        };
    }

    @Test
    void aThreadThatWaitsLosesItsLoop() throws InterruptedException {
        lead(share(0, () -> false));
        assertTrue(taken.await(20, TimeUnit.SECONDS));
    }

    @Test
    void aThreadThatComputesLosesItsLoop() throws InterruptedException {
        lead(share(PERIOD, () -> true));
        assertTrue(taken.await(20, TimeUnit.SECONDS));
    }

    @Test
    void aThreadOfWhichNothingIsKnownLosesItsLoop() throws InterruptedException {
        lead(share(-1, () -> true));
        assertTrue(taken.await(20, TimeUnit.SECONDS));
    }

    @Test
    void aThreadThatGetsNoProcessorKeepsItsLoopUntilItHasRunOrWaits() throws InterruptedException {
        CountDownLatch manyLooks = new CountDownLatch(20);
        AtomicInteger waits = new AtomicInteger();
        lead(
                share(
                        0,
                        () -> {
                            manyLooks.countDown();
                            return waits.get() == 0;
                        }));
        assertTrue(manyLooks.await(20, TimeUnit.SECONDS));
        assertEquals(1, taken.getCount());
        waits.set(1);
        assertTrue(taken.await(20, TimeUnit.SECONDS));
    }

    @Test
    void littleByLittleIsComputingToo() throws InterruptedException {
        lead(share(PERIOD / 10, () -> true));
        assertTrue(taken.await(20, TimeUnit.SECONDS));
        assertTrue(looks.get() >= 5, () -> looks + " looks");
    }
}
