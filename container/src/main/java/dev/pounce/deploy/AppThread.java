package dev.pounce.deploy;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Threads on which applications are started and stopped. Each ends with what it was made for, and
 * whatever an application left in its thread locals ends with it.
 */
final class AppThread {
    private AppThread() {}

    /**
     * Calls code and waits for its end. An interrupt of the caller is passed on to the code.
     *
     * @throws Exception what the code throws
     */
    static <T> T call(String name, Callable<T> code) throws Exception {
        FutureTask<T> task = new FutureTask<>(code);
        Thread thread = thread(name, task);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    thread.interrupt();
                }
            }
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Exception unwrapped(ExecutionException e) {
        return switch (e.getCause()) {
            case Error error -> throw error;
            case Exception exception -> exception;
            case null, default -> new IllegalStateException(e);
        };
    }

    /** A thread that inherits nothing of who makes it, an application perhaps. */
    static Thread thread(String name, Runnable code) {
        Thread thread =
                Thread.ofPlatform()
                        .name(name)
                        .inheritInheritableThreadLocals(false)
                        .daemon()
                        .unstarted(code);
        thread.setContextClassLoader(AppThread.class.getClassLoader());
        return thread;
    }
}
