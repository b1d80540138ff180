package dev.pounce.io;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

class EventLoopTest {
    private static final int MANY_ROUNDS = 10_000;

    /** A round reads the clock once, and a loop with nothing to do makes no rounds. */
    @Test
    void theLoopSleepsWhenItWasTakenOverInAMessage() throws Exception {
        AtomicInteger rounds = new AtomicInteger();
        AtomicReference<EventLoop> self = new AtomicReference<>();
        try (EventLoop loop =
                new EventLoop(
                        () -> {
                            if (rounds.incrementAndGet() == MANY_ROUNDS) {
                                self.get().stop();
                            }
                            return 0;
                        })) {
            self.set(loop);
            loop.post(
                    () -> {
                        throw new LeadLostException();
                    });
            assertThrows(LeadLostException.class, loop::run);
            CountDownLatch served = new CountDownLatch(1);
            loop.post(served::countDown);
            Thread next = Thread.ofPlatform().start(() -> lead(loop));
            assertTrue(served.await(10, TimeUnit.SECONDS));
            next.join(500);
            assertTrue(next.isAlive(), rounds + " rounds without anything to do");
            loop.post(loop::stop);
            next.join();
        }
    }

    private static void lead(EventLoop loop) {
        try {
            loop.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
