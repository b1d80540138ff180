package dev.pounce.io;

/**
 * What application code may leave behind on a thread that serves others next: a pending interrupt
 * for instance would close the next connection that is read.
 */
public final class ThreadTraces {
    private ThreadTraces() {}

    /**
     * Takes it away. Called by the thread itself.
     *
     * @param name what the thread is called
     */
    public static void wipe(Thread thread, String name) {
        Thread.interrupted();
        if (!thread.getName().equals(name)) {
            thread.setName(name);
        }
        if (thread.getPriority() != Thread.NORM_PRIORITY) {
            thread.setPriority(Thread.NORM_PRIORITY);
        }
        ClassLoader own = ThreadTraces.class.getClassLoader();
        if (thread.getContextClassLoader() != own) {
            thread.setContextClassLoader(own);
        }
    }
}
