package dev.pounce.server;

import dev.pounce.api.Drain;
import dev.pounce.api.DrainListener;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;

/** Who is told that the drain begins. Thread-safe. */
public final class DrainListeners implements Drain {
    private static final Logger LOG = LoggerFactory.getLogger(DrainListeners.class);

    private final List<DrainListener> listeners = new ArrayList<>();
    private volatile boolean begun;

    @Override
    public boolean hasBegun() {
        return begun;
    }

    @Override
    public void addListener(DrainListener listener) {
        synchronized (this) {
            if (!begun) {
                listeners.add(listener);
                return;
            }
        }
        listener.drainBegun();
    }

    @Override
    public synchronized void removeListener(DrainListener listener) {
        listeners.remove(listener);
    }

    /** Begins, and tells each listener in the order of their adding; does nothing more again. */
    public void begin() {
        List<DrainListener> told;
        synchronized (this) {
            if (begun) {
                return;
            }
            begun = true;
            told = List.copyOf(listeners);
        }
        for (DrainListener each : told) {
            try {
                each.drainBegun();
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("a drain listener failed: {}", each.getClass().getName(), e);
            }
        }
    }
}
