package dev.pounce.route;

import dev.pounce.io.ThreadTraces;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Platform threads of one application, a bounded number: made when no other one is free, and ended
 * when they had nothing to do for a minute. What is too much for them waits. Thread-safe.
 */
public final class ApplicationThreads implements Executor, AutoCloseable {
    private static final long KEPT_SECONDS = 60;
    private static final int END_LOOKS = 200;
    private static final long LOOK_MILLIS = 10;

    private final Pool pool;

    /**
     * @param application its name, for the threads' names
     * @param most threads at a time
     */
    public ApplicationThreads(String application, int most) {
        pool = new Pool(application, most);
    }

    /** Runs code on one of the threads; after the end, on a virtual thread. */
    @Override
    public void execute(Runnable code) {
        pool.execute(code);
    }

    /**
     * Ends the threads when they have done what they were given, with all that the application has
     * left in their thread locals. Waits for that, but not for long.
     */
    @Override
    public void close() {
        pool.shutdown();
        try {
            for (int look = 0; look < END_LOOKS; look++) {
                if (pool.awaitTermination(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
                // a thread that was about to be made when the end came is given up, and with it
                // what had been left to it
                pool.prestartCoreThread();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Pool extends ThreadPoolExecutor {

        private final Tasks tasks;

        Pool(String application, int most) {
            this(application, most, new Tasks());
        }

        private Pool(String application, int most, Tasks tasks) {
            super(1, most, KEPT_SECONDS, TimeUnit.SECONDS, tasks);
            this.tasks = tasks;
            AtomicInteger made = new AtomicInteger();
            setThreadFactory(
                    code ->
                            new ApplicationThread(
                                    "pounce-app " + application + " " + made.incrementAndGet(),
                                    code));
            setRejectedExecutionHandler((code, full) -> later(code));
        }

        /** There are as many threads as there may be: one of them, for one always stays. */
        private void later(Runnable code) {
            if (!isShutdown()) {
                tasks.keep(code);
                // the threads may have ended meanwhile, without it
                if (!isShutdown() || !tasks.remove(code)) {
                    return;
                }
            }
            Thread.ofVirtual()
                    .name("pounce-exchange")
                    .inheritInheritableThreadLocals(false)
                    .start(code);
        }

        /** What one request leaves on its thread is not for the next one. */
        @Override
        protected void afterExecute(Runnable code, Throwable failure) {
            if (Thread.currentThread() instanceof ApplicationThread thread) {
                ThreadTraces.wipe(thread, thread.name);
            }
        }
    }

    /** Inherits nothing from the thread that makes it, which may be in an application. */
    private static final class ApplicationThread extends Thread {
        private static final boolean INHERIT_NOTHING = false;

        private final String name;

        ApplicationThread(String name, Runnable code) {
            super(null, code, name, 0, INHERIT_NOTHING);
            this.name = name;
            setContextClassLoader(ApplicationThreads.class.getClassLoader());
            setPriority(NORM_PRIORITY);
            setDaemon(true);
        }
    }

    /** Has a task only where a thread waits for one, so that the pool makes threads first. */
    private static final class Tasks extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable code) {
            return tryTransfer(code);
        }

        /** Has a task wait. */
        void keep(Runnable code) {
            super.offer(code);
        }
    }
}
