package dev.pounce.servlet.upgrade;

import java.util.concurrent.locks.ReentrantLock;

/** Calls the listeners of one connection, one at a time, as code of their application. */
final class Callbacks {

    /** What a listener is told. */
    @FunctionalInterface
    interface Callback {
        void run() throws Exception;
    }

    private final ReentrantLock one = new ReentrantLock();
    private final ClassLoader loader;

    /**
     * @param loader the application's
     */
    Callbacks(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Calls; waits while another call runs.
     *
     * @throws Exception what the listener throws
     */
    void call(Callback callback) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        one.lock();
        thread.setContextClassLoader(loader);
        try {
            callback.run();
        } finally {
            thread.setContextClassLoader(before);
            one.unlock();
        }
    }

    /** A thread that waits for what the listener is to be told. */
    void start(String name, Runnable task) {
        Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).start(task);
    }
}
