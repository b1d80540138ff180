package dev.pounce.observe;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those that want events. Thread-safe. */
final class LifecycleListeners {
    private static final Logger LOG = LoggerFactory.getLogger(LifecycleListeners.class);

    private final List<LifecycleListener> listeners = new CopyOnWriteArrayList<>();

    void add(LifecycleListener listener) {
        listeners.add(listener);
    }

    void remove(LifecycleListener listener) {
        listeners.remove(listener);
    }

    /** Whether nobody wants events, so that none need be made. */
    boolean isEmpty() {
        return listeners.isEmpty();
    }

    void tell(LifecycleEvent event) {
        for (LifecycleListener each : listeners) {
            try {
                each.on(event);
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                LOG.error("a listener failed with {}", event, e);
            }
        }
    }
}
