package dev.pounce.servlet.async;

import java.util.concurrent.Future;

/** Calls back when a time has passed. Thread-safe. */
@FunctionalInterface
public interface AsyncTimers {

    /**
     * Calls back once, unless it is cancelled before.
     *
     * @param millis how long to wait
     */
    Future<?> after(long millis, Runnable callback);
}
