package dev.pounce.testing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Waits for what other threads do and tell nobody of. */
public final class Await {
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    private Await() {}

    /** Something that becomes true. */
    @FunctionalInterface
    public interface Condition {
        /** Whether it is. */
        boolean holds() throws Exception;
    }

    /**
     * Waits until it is so.
     *
     * @throws TimeoutException after half a minute
     */
    public static void until(Condition condition) throws Exception {
        long begin = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - begin > LONGEST) {
                throw new TimeoutException("what is waited for has not come");
            }
            LockSupport.parkNanos(PAUSE);
        }
    }
}
