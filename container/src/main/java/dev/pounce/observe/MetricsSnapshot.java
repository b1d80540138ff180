package dev.pounce.observe;

import java.util.List;
import java.util.Map;

/**
 * The figures of a server at one moment, counted since it was made. Immutable. Figures that change
 * while they are read may be of slightly different moments.
 *
 * @param requests ended exchanges by status class and method; without those that are 0
 * @param requestsInFlight exchanges that have begun and not ended
 * @param requestDurations from a request's receipt to its end
 * @param streamsActive responses that began before they were whole, and have not ended
 * @param streamDurations how long such responses took from their begin to their end
 * @param connectionsAccepted connections that were accepted, refused ones among them
 * @param connectionsOpen connections that are open
 * @param connectionsRefused connections above the limit, which were answered with 503
 * @param connectionsClosed closed connections by reason; without those that are 0
 * @param bytesReceived bytes that were read from all connections
 * @param bytesSent bytes that the kernel took of all connections
 * @param takenOver how often a worker's loop was taken over from a thread that was busy
 * @param routesSlowed how often a route's requests went from workers to virtual threads
 * @param routesRestored how often a route's requests went back to workers
 * @param requestsQueued requests that found no room when they came
 * @param requestsRefused requests that were answered with 503 because of that
 * @param slowRequests requests that took longer than {@code slow_request.after}
 * @param encodersInUse encoders that responses hold
 * @param encodersRefused responses that went without coding for lack of memory
 * @param logLinesWritten lines that were written to the access log
 * @param logLinesDropped lines that did not fit into the access log's queue
 * @param logLinesLost lines that could not be written to the access log's file
 */
public record MetricsSnapshot(
        Map<StatusClass, Map<MethodGroup, Long>> requests,
        long requestsInFlight,
        Durations requestDurations,
        long streamsActive,
        Durations streamDurations,
        long connectionsAccepted,
        long connectionsOpen,
        long connectionsRefused,
        Map<CloseReason, Long> connectionsClosed,
        long bytesReceived,
        long bytesSent,
        long takenOver,
        long routesSlowed,
        long routesRestored,
        long requestsQueued,
        long requestsRefused,
        long slowRequests,
        long encodersInUse,
        long encodersRefused,
        long logLinesWritten,
        long logLinesDropped,
        long logLinesLost) {

    /**
     * A histogram.
     *
     * @param bounds the upper bounds of all buckets but the last, in seconds
     * @param cumulative how many durations are up to each bound, and then how many there are
     * @param sum of all durations, in seconds
     */
    public record Durations(List<Double> bounds, List<Long> cumulative, double sum) {

        /** Copies the lists. */
        public Durations {
            bounds = List.copyOf(bounds);
            cumulative = List.copyOf(cumulative);
        }

        /** How many durations there are. */
        public long count() {
            return cumulative.getLast();
        }
    }

    /** How many exchanges ended with a status of that class. */
    public long requests(StatusClass status) {
        return requests.getOrDefault(status, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** How many exchanges ended with a status of that class and a method of that group. */
    public long requests(StatusClass status, MethodGroup method) {
        return requests.getOrDefault(status, Map.of()).getOrDefault(method, 0L);
    }

    /** How many connections were closed for that reason. */
    public long connectionsClosed(CloseReason reason) {
        return connectionsClosed.getOrDefault(reason, 0L);
    }
}
