package dev.pounce.servlet.async;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread for the timers of all applications. It belongs to the server: a pool of the platform's
 * would take over the class loader of whichever application used it first, and wait for whatever
 * applications do in it. Callbacks are short and never wait. Thread-safe.
 */
public final class SharedTimers implements AsyncTimers {
    /** Those of the process. */
    public static final SharedTimers INSTANCE = new SharedTimers();

    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(1, SharedTimers::thread);

    private SharedTimers() {
        executor.setRemoveOnCancelPolicy(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread =
                Thread.ofPlatform()
                        .name("pounce-timers")
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .unstarted(work);
        thread.setContextClassLoader(SharedTimers.class.getClassLoader());
        return thread;
    }

    @Override
    public Future<?> after(long millis, Runnable callback) {
        return executor.schedule(callback, millis, TimeUnit.MILLISECONDS);
    }
}
