package dev.pounce.leak;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Threads that an application has left running. Pools and timers are shut down, which lets the
 * tasks that run come to their end; the platform's own threads give the class loader back; all
 * others are named with where they are. No thread is interrupted that may be writing something.
 */
final class AppThreads {
    private static final Logger LOG = LoggerFactory.getLogger(AppThreads.class);
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final List<String> PLATFORM_GROUPS = List.of("system", "InnocuousThreadGroup");

    private final AppOwned owned;
    private final String application;
    private final Predicate<Thread> isServers;

    /**
     * @param isServers whether a thread is the server's, which replaces those that ran applications
     */
    AppThreads(AppOwned owned, String application, Predicate<Thread> isServers) {
        this.owned = owned;
        this.application = application;
        this.isServers = isServers;
    }

    /** Those that run. */
    List<Thread> running() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each != Thread.currentThread() && !isServers.test(each))
                .filter(each -> why(each) != null)
                .toList();
    }

    /** By what a thread holds the class loader; null when it does not. */
    private @Nullable String why(Thread thread) {
        if (owned.isObject(thread)) {
            return "its class is " + thread.getClass().getName();
        }
        Object task = Inside.taskOf(thread);
        if (task != null && owned.isObject(task)) {
            return "it runs " + task.getClass().getName();
        }
        return owned.isLoader(thread.getContextClassLoader()) ? "its context class loader" : null;
    }

    /** Ends what can be ended, waits for a moment, and names what is left. */
    void end() {
        List<Thread> left = new ArrayList<>(running());
        left.removeIf(this::isPlatforms);
        left.forEach(this::stop);
        long until = System.nanoTime() + GRACE_NANOS;
        for (Thread thread : left) {
            join(thread, until - System.nanoTime());
        }
        for (Thread thread : left) {
            String why = why(thread);
            if (thread.isAlive() && why != null) {
                LOG.warn(
                        "{} has left the thread \"{}\" running, which keeps its classes ({}):{}",
                        application,
                        thread.getName(),
                        why,
                        stack(thread));
            }
        }
    }

    /** Such a thread has the class loader of whoever was the first to need it. */
    private boolean isPlatforms(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        boolean isPlatforms =
                !owned.isObject(thread)
                        && !owned.isObject(Inside.taskOf(thread))
                        && (group != null && PLATFORM_GROUPS.contains(group.getName())
                                || thread instanceof ForkJoinWorkerThread worker
                                        && worker.getPool() == ForkJoinPool.commonPool());
        if (isPlatforms) {
            try {
                thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
            } catch (SecurityException e) {
                LOG.debug("the context class loader of {} stays", thread.getName(), e);
            }
        }
        return isPlatforms;
    }

    private void stop(Thread thread) {
        String what = stopped(thread);
        if (what != null) {
            LOG.info("{} has left {} \"{}\", which is ended", application, what, thread.getName());
        }
    }

    private @Nullable String stopped(Thread thread) {
        if (thread instanceof ForkJoinWorkerThread worker) {
            worker.getPool().shutdown();
            return "the fork-join thread";
        }
        if (thread.getClass().getName().equals("java.util.TimerThread")) {
            return isTimerStopped(thread) ? "the timer" : null;
        }
        Object task = Inside.taskOf(thread);
        String worker = "java.util.concurrent.ThreadPoolExecutor$Worker";
        if (task != null && task.getClass().getName().equals(worker)) {
            Object pool = Inside.get(worker, "this$0", task);
            if (pool instanceof ScheduledThreadPoolExecutor scheduled) {
                scheduled.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
                scheduled.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
            }
            if (pool instanceof ThreadPoolExecutor executor) {
                executor.shutdown();
                return "the pool's thread";
            }
        }
        return null;
    }

    /** What {@link Timer#cancel} does. */
    private static boolean isTimerStopped(Thread thread) {
        Object queue = Inside.get("java.util.TimerThread", "queue", thread);
        if (queue == null) {
            return false;
        }
        synchronized (queue) {
            if (!Inside.clear("java.util.TimerThread", "newTasksMayBeScheduled", thread)) {
                return false;
            }
            Inside.call("java.util.TaskQueue", "clear", queue);
            queue.notifyAll();
        }
        return true;
    }

    private static void join(Thread thread, long nanos) {
        try {
            if (nanos > 0) {
                thread.join(Duration.ofNanos(nanos));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String stack(Thread thread) {
        StringBuilder stack = new StringBuilder();
        for (StackTraceElement each : thread.getStackTrace()) {
            stack.append("\n\tat ").append(each);
        }
        return stack.toString();
    }
}
