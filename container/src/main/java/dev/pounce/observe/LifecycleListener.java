package dev.pounce.observe;

/** Learns what happens to connections and requests. */
@FunctionalInterface
public interface LifecycleListener {

    /**
     * Something has happened. Called by the thread to which it happened, often a worker, so it must
     * not wait; several threads call at once. What it throws is logged and has no further effect.
     */
    void on(LifecycleEvent event);
}
