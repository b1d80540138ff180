package dev.pounce.server;

import dev.pounce.io.ProcessorTime;
import dev.pounce.io.ThreadTraces;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bounded number of platform threads for requests of routes that take long. Where such a request
 * waits for a time, as event streams do, its thread is woken by the system's timer; a virtual one
 * is woken by two threads, one after the other. Where it computes, the system shares the processors
 * among all of them; virtual ones would have them until they are done. Thread-safe.
 */
final class PlatformThreads {
    private static final long IDLE_SECONDS = 10;

    /** Where more wait at a time, virtual threads are woken many at a time, and cost less. */
    private static final int MOST = 64;

    private final int max;
    private final AtomicInteger made = new AtomicInteger();
    private volatile ThreadPoolExecutor pool;

    /**
     * @param max threads at a time, of which there are never more than 64
     */
    PlatformThreads(int max) {
        this.max = Math.min(MOST, max);
        this.pool = pool();
    }

    private ThreadPoolExecutor pool() {
        return new ThreadPoolExecutor(
                0, max, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);
    }

    private Thread thread(Runnable body) {
        return new PlatformThread("pounce-exchange-" + made.incrementAndGet(), body);
    }

    /** Whether a thread is one of these, of any server. */
    static boolean is(Thread thread) {
        return thread instanceof PlatformThread;
    }

    /**
     * How long the calling thread would have run and had no processor, in nanoseconds; 0 when it is
     * none of these, or that is not known.
     */
    static long waitedNanos() {
        return Thread.currentThread() instanceof PlatformThread thread ? thread.waitedNanos() : 0;
    }

    /** Runs a task; false when all threads are busy. */
    boolean execute(Runnable task) {
        ThreadPoolExecutor current = pool;
        try {
            current.execute(() -> run(task));
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } finally {
            if (Thread.currentThread() instanceof PlatformThread thread) {
                ThreadTraces.wipe(thread, thread.name);
            }
        }
    }

    /** Has the threads end that have run anything so far, as soon as they have nothing to do. */
    synchronized void retire() {
        ThreadPoolExecutor before = pool;
        pool = pool();
        before.shutdown();
    }

    /** Has all threads end. A task that comes later is refused. */
    synchronized void close() {
        pool.shutdown();
    }

    /** Inherits nothing from the thread that makes it, which may be in an application. */
    private static final class PlatformThread extends Thread {
        private static final boolean INHERIT_NOTHING = false;

        private final String name;
        private @Nullable ProcessorTime processorTime;

        PlatformThread(String name, @Nullable Runnable body) {
            super(null, body, name, 0, INHERIT_NOTHING);
            this.name = name;
            setContextClassLoader(PlatformThreads.class.getClassLoader());
            setPriority(NORM_PRIORITY);
            setDaemon(true);
        }

        @Override
        public void run() {
            processorTime = ProcessorTime.ofCurrentThread();
            try {
                super.run();
            } finally {
                if (processorTime != null) {
                    processorTime.close();
                }
            }
        }

        long waitedNanos() {
            return processorTime == null ? 0 : processorTime.waitedNanos();
        }
    }
}
