package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

class PlatformThreadsTest {
    private static final InheritableThreadLocal<String> INHERITABLE =
            new InheritableThreadLocal<>();

    private final PlatformThreads threads = new PlatformThreads(2);
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        threads.close();
    }

    private Thread run(Runnable task) throws Exception {
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        Runnable told =
                () -> {
                    task.run();
                    ran.complete(Thread.currentThread());
                };
        while (!threads.execute(told)) {
            // the one before has not begun to wait for the next task
            Thread.onSpinWait();
        }
        return ran.get(20, TimeUnit.SECONDS);
    }

    private void occupy() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        assertTrue(
                threads.execute(
                        () -> {
                            running.countDown();
                            awaitGate();
                        }));
        running.await();
    }

    private void awaitGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oneMoreThanThereMayBeIsRefused() throws Exception {
        occupy();
        occupy();
        assertFalse(threads.execute(() -> {}));
    }

    @Test
    void aThreadInheritsNothingAndKeepsNoTraces() throws Exception {
        INHERITABLE.set("mine");
        occupy();
        Thread first =
                run(
                        () -> {
                            assertNull(INHERITABLE.get());
                            Thread.currentThread().interrupt();
                            Thread.currentThread().setName("renamed");
                            Thread.currentThread().setPriority(Thread.MAX_PRIORITY);
                            Thread.currentThread().setContextClassLoader(null);
                        });
        INHERITABLE.remove();
        CompletableFuture<String> state = new CompletableFuture<>();
        Thread second =
                run(
                        () -> {
                            Thread thread = Thread.currentThread();
                            state.complete(
                                    thread.isInterrupted()
                                            + " "
                                            + thread.getName()
                                            + " "
                                            + thread.getPriority());
                            assertSame(
                                    PlatformThreads.class.getClassLoader(),
                                    thread.getContextClassLoader());
                        });
        assertSame(first, second);
        assertEquals("false pounce-exchange-2 " + Thread.NORM_PRIORITY, state.get());
        assertTrue(PlatformThreads.is(first));
    }

    @Test
    void threadsThatHaveRunSomethingAreReplaced() throws Exception {
        Thread before = run(() -> {});
        threads.retire();
        assertNotSame(before, run(() -> {}));
        before.join(TimeUnit.SECONDS.toMillis(20));
        assertFalse(before.isAlive());
    }

    @Test
    void afterTheEndNothingIsTaken() {
        threads.close();
        assertFalse(threads.execute(() -> {}));
    }

    /** Whoever asks while they are replaced gets a thread, or is told that there is none. */
    @Test
    void eachTaskRunsOnceOrIsRefusedWhileThreadsAreReplaced() throws Exception {
        int tasks = 2_000;
        CountDownLatch done = new CountDownLatch(tasks);
        Thread retiring =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    while (done.getCount() > 0) {
                                        threads.retire();
                                    }
                                });
        for (int i = 0; i < tasks; i++) {
            if (!threads.execute(done::countDown)) {
                done.countDown();
            }
        }
        assertTrue(done.await(20, TimeUnit.SECONDS));
        retiring.join();
    }
}
