package dev.pounce.observe;

/** The figures of a server. Thread-safe. */
@FunctionalInterface
public interface Metrics {

    /** The figures of this moment. */
    MetricsSnapshot snapshot();
}
