package dev.pounce.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
class ApplicationThreadsTest {

    @Test
    void whatIsTooMuchWaitsForAThread() throws Exception {
        Set<String> names = ConcurrentHashMap.newKeySet();
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(5);
        try (ApplicationThreads threads = new ApplicationThreads("shop", 2)) {
            for (int i = 0; i < 5; i++) {
                threads.execute(
                        () -> {
                            await(goOn);
                            names.add(Thread.currentThread().getName());
                            Thread.currentThread().interrupt();
                            done.countDown();
                        });
            }
            assertEquals(5, done.getCount());
            goOn.countDown();
            await(done);
        }
        assertTrue(Set.of("pounce-app shop 1", "pounce-app shop 2").containsAll(names), "" + names);
    }

    @Test
    void aThreadKeepsNothingOfTheRequestBefore() throws Exception {
        try (ApplicationThreads threads = new ApplicationThreads("shop", 1)) {
            CountDownLatch done = new CountDownLatch(1);
            ClassLoader[] seen = new ClassLoader[1];
            boolean[] interrupted = new boolean[1];
            threads.execute(
                    () -> {
                        Thread.currentThread().setContextClassLoader(null);
                        Thread.currentThread().interrupt();
                    });
            threads.execute(
                    () -> {
                        seen[0] = Thread.currentThread().getContextClassLoader();
                        interrupted[0] = Thread.currentThread().isInterrupted();
                        done.countDown();
                    });
            await(done);
            assertEquals(ApplicationThreads.class.getClassLoader(), seen[0]);
            assertFalse(interrupted[0]);
        }
    }

    @Test
    void nothingIsLostWhenTheEndComesMeanwhile() throws Exception {
        for (int round = 0; round < 50; round++) {
            ApplicationThreads threads = new ApplicationThreads("shop", 1 + round % 2);
            AtomicInteger run = new AtomicInteger();
            CyclicBarrier begin = new CyclicBarrier(4);
            CountDownLatch done = new CountDownLatch(300);
            for (int i = 0; i < 3; i++) {
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    meet(begin);
                                    for (int j = 0; j < 100; j++) {
                                        threads.execute(
                                                () -> {
                                                    run.incrementAndGet();
                                                    done.countDown();
                                                });
                                    }
                                });
            }
            meet(begin);
            threads.close();
            await(done);
            assertEquals(300, run.get());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
