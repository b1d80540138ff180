package dev.pounce.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

@EnabledOnOs(OS.LINUX)
class ProcessorTimeTest {

    @Test
    void aThreadThatComputesHasRunAndWouldRun() throws Exception {
        CompletableFuture<ProcessorTime> made = new CompletableFuture<>();
        AtomicBoolean stop = new AtomicBoolean();
        Thread thread =
                new Thread(
                        () -> {
                            made.complete(ProcessorTime.ofCurrentThread());
                            while (!stop.get()) {
                                Thread.onSpinWait();
                            }
                        });
        thread.start();
        try (ProcessorTime time = made.get(20, TimeUnit.SECONDS)) {
            assertNotNull(time);
            long before = time.ranNanos();
            await(() -> time.ranNanos() - before > Duration.ofMillis(5).toNanos());
            assertTrue(time.wouldRun());
        } finally {
            stop.set(true);
            thread.join();
        }
    }

    @Test
    void aThreadThatWaitsWouldNotRunAndOneThatHasEndedIsUnknown() throws Exception {
        CompletableFuture<ProcessorTime> made = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            made.complete(ProcessorTime.ofCurrentThread());
                            while (!Thread.interrupted()) {
                                LockSupport.park();
                            }
                        });
        thread.start();
        try (ProcessorTime time = made.get(20, TimeUnit.SECONDS)) {
            assertNotNull(time);
            await(() -> !time.wouldRun());
            thread.interrupt();
            thread.join();
            await(() -> time.ranNanos() < 0);
            assertFalse(time.wouldRun());
            assertEquals(0, time.waitedNanos());
        }
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, "not within 20 s");
            Thread.onSpinWait();
        }
    }
}
