package dev.pounce.deploy;

import java.util.concurrent.Callable;

/** Calls a webapp's code with its class loader as the context class loader. */
public final class WithLoader {
    private WithLoader() {}

    /** Runs code, which throws nothing that is checked. */
    public static void run(ClassLoader loader, Runnable code) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            code.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Calls code.
     *
     * @throws Exception what the code throws
     */
    public static <T> T call(ClassLoader loader, Callable<T> code) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return code.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
