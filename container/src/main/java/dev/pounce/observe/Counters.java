package dev.pounce.observe;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Counts. Thread-safe; counting allocates nothing, takes no lock and is spread over several places
 * in memory where threads would get into each other's way.
 */
final class Counters {
    private static final StatusClass[] CLASSES = StatusClass.values();
    private static final MethodGroup[] METHODS = MethodGroup.values();
    private static final CloseReason[] REASONS = CloseReason.values();

    private final LongAdder[] requests = adders(CLASSES.length * METHODS.length);
    private final LongAdder started = new LongAdder();
    private final Histogram durations =
            new Histogram(
                    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10);
    private final LongAdder streams = new LongAdder();
    private final Histogram streamDurations =
            new Histogram(0.01, 0.1, 1, 10, 60, 300, 1800, 3600, 14400);
    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder[] closed = adders(REASONS.length);
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder takenOver = new LongAdder();
    private final LongAdder routesSlowed = new LongAdder();
    private final LongAdder routesRestored = new LongAdder();
    private final LongAdder requestsQueued = new LongAdder();
    private final LongAdder requestsRefused = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final LongAdder linesWritten = new LongAdder();
    private final LongAdder linesDropped = new LongAdder();
    private final LongAdder linesLost = new LongAdder();

    private static LongAdder[] adders(int count) {
        LongAdder[] adders = new LongAdder[count];
        for (int i = 0; i < count; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }

    void requestStarted() {
        started.increment();
    }

    void requestEnded(String method, int status, long nanos) {
        int row = StatusClass.of(status).ordinal();
        requests[row * METHODS.length + MethodGroup.of(method).ordinal()].increment();
        durations.record(nanos);
    }

    void streamOpened() {
        streams.increment();
    }

    void streamClosed(long nanos) {
        streamDurations.record(nanos);
    }

    void connectionAccepted() {
        accepted.increment();
    }

    void connectionRefused() {
        refused.increment();
    }

    void connectionClosed(CloseReason reason) {
        closed[reason.ordinal()].increment();
    }

    void received(long bytes) {
        received.add(bytes);
    }

    void sent(long bytes) {
        sent.add(bytes);
    }

    void requestQueued() {
        requestsQueued.increment();
    }

    void requestRefused() {
        requestsRefused.increment();
    }

    void takenOver() {
        takenOver.increment();
    }

    void routeSlowed() {
        routesSlowed.increment();
    }

    void routeRestored() {
        routesRestored.increment();
    }

    void slowRequest() {
        slow.increment();
    }

    void linesWritten(int lines) {
        linesWritten.add(lines);
    }

    void lineDropped() {
        linesDropped.increment();
    }

    long linesDropped() {
        return linesDropped.sum();
    }

    void linesLost(int lines) {
        linesLost.add(lines);
    }

    /**
     * What was counted.
     *
     * @param open how many connections are open
     * @param encodersInUse how many encoders are lent
     * @param encodersRefused how many were refused
     */
    MetricsSnapshot snapshot(
            IntSupplier open, IntSupplier encodersInUse, LongSupplier encodersRefused) {
        Map<StatusClass, Map<MethodGroup, Long>> byStatus = new EnumMap<>(StatusClass.class);
        long ended = 0;
        for (StatusClass each : CLASSES) {
            Map<MethodGroup, Long> byMethod = new EnumMap<>(MethodGroup.class);
            for (MethodGroup method : METHODS) {
                long count = requests[each.ordinal() * METHODS.length + method.ordinal()].sum();
                if (count > 0) {
                    byMethod.put(method, count);
                    ended += count;
                }
            }
            if (!byMethod.isEmpty()) {
                byStatus.put(each, Map.copyOf(byMethod));
            }
        }
        MetricsSnapshot.Durations streamed = streamDurations.snapshot();
        return new MetricsSnapshot(
                Map.copyOf(byStatus),
                Math.max(0, started.sum() - ended),
                durations.snapshot(),
                Math.max(0, streams.sum() - streamed.count()),
                streamed,
                accepted.sum(),
                open.getAsInt(),
                refused.sum(),
                closedByReason(),
                received.sum(),
                sent.sum(),
                takenOver.sum(),
                routesSlowed.sum(),
                routesRestored.sum(),
                requestsQueued.sum(),
                requestsRefused.sum(),
                slow.sum(),
                encodersInUse.getAsInt(),
                encodersRefused.getAsLong(),
                linesWritten.sum(),
                linesDropped.sum(),
                linesLost.sum());
    }

    private Map<CloseReason, Long> closedByReason() {
        Map<CloseReason, Long> byReason = new EnumMap<>(CloseReason.class);
        for (CloseReason each : REASONS) {
            long count = closed[each.ordinal()].sum();
            if (count > 0) {
                byReason.put(each, count);
            }
        }
        return Map.copyOf(byReason);
    }
}
