package dev.pounce.servlet.io;

import dev.pounce.deploy.WithLoader;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Calls the listeners of one connection, one at a time, as code of their application. */
public final class Callbacks {

    /** What a listener is told. */
    @FunctionalInterface
    interface Callback {
        void run() throws Exception;
    }

    private final ReentrantLock one = new ReentrantLock();
    private final Supplier<ClassLoader> loader;
    private final BooleanSupplier wanted;

    /**
     * @param loader the application's, asked for each call
     * @param wanted whether the application still wants to be called
     */
    public Callbacks(Supplier<ClassLoader> loader, BooleanSupplier wanted) {
        this.loader = loader;
        this.wanted = wanted;
    }

    /**
     * Calls, unless nobody wants that any more; waits while another call runs.
     *
     * @throws Exception what the listener throws
     */
    void call(Callback callback) throws Exception {
        one.lock();
        try {
            if (wanted.getAsBoolean()) {
                WithLoader.call(
                        loader.get(),
                        () -> {
                            callback.run();
                            return null;
                        });
            }
        } finally {
            one.unlock();
        }
    }

    /** A thread that waits for what the listener is to be told. */
    Thread start(String name, Runnable task) {
        return Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).start(task);
    }

    /** Waits for a thread's end, whatever interrupts. */
    static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
