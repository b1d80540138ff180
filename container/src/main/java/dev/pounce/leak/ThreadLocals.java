package dev.pounce.leak;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.ref.Reference;
import java.util.function.Predicate;

/**
 * Thread locals of an application on threads that outlive it. Only a thread itself can take one
 * away safely, so they are named. The server's own threads are replaced with all that they have.
 */
final class ThreadLocals {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadLocals.class);

    private ThreadLocals() {}

    /** Names those of all threads but the server's. */
    static void name(AppOwned owned, String application, Predicate<Thread> isServers) {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread != Thread.currentThread() && !isServers.test(thread)) {
                name(owned, application, thread, "threadLocals");
                name(owned, application, thread, "inheritableThreadLocals");
            }
        }
    }

    private static void name(AppOwned owned, String application, Thread thread, String field) {
        Object map = Inside.get("java.lang.Thread", field, thread);
        Object table =
                map == null
                        ? null
                        : Inside.get("java.lang.ThreadLocal$ThreadLocalMap", "table", map);
        if (!(table instanceof Object[] entries)) {
            return;
        }
        for (Object entry : entries) {
            if (entry instanceof Reference<?> key) {
                Object value =
                        Inside.get("java.lang.ThreadLocal$ThreadLocalMap$Entry", "value", entry);
                Object local = key.get();
                if (owned.isObject(local) || owned.isObject(value)) {
                    LOG.warn(
                            "{} has left a thread local with the thread \"{}\", which keeps its"
                                    + " classes: {} with a value of {}",
                            application,
                            thread.getName(),
                            className(local),
                            className(value));
                }
            }
        }
    }

    private static String className(@Nullable Object object) {
        return object == null ? "nothing" : object.getClass().getName();
    }
}
