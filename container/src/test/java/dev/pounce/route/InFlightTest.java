package dev.pounce.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class InFlightTest {
    private static final int THREADS = 8;
    private static final long LONG = TimeUnit.SECONDS.toNanos(30);

    private final InFlight inFlight = new InFlight();
    private final Handler handler = counted(exchange -> {});

    private Handler counted(Handler plain) {
        Route route = new Route(new PathPattern.Default(), plain, "test");
        return inFlight.counted(route).handler();
    }

    @Test
    void nothingInFlightIsNotWaitedFor() throws Exception {
        assertTrue(inFlight.await(0));
    }

    @Test
    void waitingEndsWithItsTime() throws Exception {
        handler.acquire();
        assertFalse(inFlight.await(1));
        assertEquals(1, inFlight.count());
    }

    @RepeatedTest(50)
    void whoWaitsForTheAbortedHearsOfTheLastWithoutHavingWaitedBefore() throws Exception {
        handler.acquire();
        Thread ending = Thread.ofPlatform().start(handler::release);
        assertTrue(inFlight.awaitAborted(LONG));
        ending.join();
    }

    @Test
    void theExecutionIsThatOfTheHandler() {
        Handler inPlace = counted(Handler.inPlace(exchange -> {}));
        assertEquals(Handler.Execution.IN_PLACE, inPlace.execution("GET"));
        assertEquals(Handler.Execution.VIRTUAL_THREAD, handler.execution("GET"));
    }

    @RepeatedTest(200)
    void theLastReleaseOnAnyThreadEndsTheWaiting() throws Exception {
        CyclicBarrier begin = new CyclicBarrier(THREADS + 1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            handler.acquire();
            Runnable release =
                    () -> {
                        try {
                            begin.await();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                        handler.acquire();
                        handler.release();
                        handler.release();
                    };
            threads.add(Thread.ofPlatform().start(release));
        }
        begin.await();
        assertTrue(inFlight.await(LONG));
        assertEquals(0, inFlight.count());
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(0, inFlight.count());
    }

    @RepeatedTest(200)
    void nobodyEntersAfterTheWaitingHasEnded() throws Exception {
        CyclicBarrier begin = new CyclicBarrier(THREADS + 1);
        AtomicInteger inside = new AtomicInteger();
        List<Thread> visitors = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            visitors.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            begin.await();
                                        } catch (Exception e) {
                                            throw new IllegalStateException(e);
                                        }
                                        while (inFlight.enter()) {
                                            inside.incrementAndGet();
                                            Thread.yield();
                                            inside.decrementAndGet();
                                            inFlight.leave();
                                        }
                                    }));
        }
        begin.await();
        inFlight.close();
        assertTrue(inFlight.await(LONG));
        assertEquals(0, inside.get());
        for (Thread visitor : visitors) {
            visitor.join();
        }
        assertEquals(0, inFlight.count());
        assertFalse(inFlight.enter());
    }
}
