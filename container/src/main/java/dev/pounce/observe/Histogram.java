package dev.pounce.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Counts durations by their length. Thread-safe; recording allocates nothing and never waits. */
final class Histogram {
    private final List<Double> seconds;
    private final long[] bounds;
    private final LongAdder[] counts;
    private final LongAdder sum = new LongAdder();

    /**
     * @param seconds the upper bounds of all buckets but the last, in seconds, rising
     */
    Histogram(double... seconds) {
        this.seconds = java.util.Arrays.stream(seconds).boxed().toList();
        bounds = new long[seconds.length];
        counts = new LongAdder[seconds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = Math.round(seconds[i] * TimeUnit.SECONDS.toNanos(1));
        }
    }

    void record(long nanos) {
        int bucket = 0;
        while (bucket < bounds.length && nanos > bounds[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sum.add(nanos);
    }

    MetricsSnapshot.Durations snapshot() {
        List<Long> cumulative = new ArrayList<>();
        long total = 0;
        for (LongAdder each : counts) {
            total += each.sum();
            cumulative.add(total);
        }
        double all = (double) sum.sum() / TimeUnit.SECONDS.toNanos(1);
        return new MetricsSnapshot.Durations(seconds, cumulative, all);
    }
}
