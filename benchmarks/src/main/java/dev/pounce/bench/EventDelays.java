package dev.pounce.bench;

import java.util.Arrays;

/**
 * How long events took from where they were made to their reader, in microseconds.
 *
 * @param events how many there were
 */
record EventDelays(double p50, double p99, double max, long events) {

    private static final String PREFIX = "delays";

    /** Of at least one event; in nanoseconds. */
    static EventDelays of(long... nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new EventDelays(
                rank(sorted, 0.5), rank(sorted, 0.99), rank(sorted, 1), sorted.length);
    }

    /** The least delay that so many did not exceed. */
    private static double rank(long[] sorted, double part) {
        int index = (int) Math.ceil(part * sorted.length) - 1;
        return sorted[Math.max(0, index)] / 1e3;
    }

    /** A line for {@link #parse}. */
    String line() {
        return PREFIX + " " + p50 + " " + p99 + " " + max + " " + events;
    }

    /**
     * Reads such a line.
     *
     * @throws BenchmarkException when it is another one
     */
    static EventDelays parse(String server, String line) {
        String[] words = line.split(" ");
        if (words.length != 5 || !words[0].equals(PREFIX)) {
            throw new BenchmarkException(server + "'s event streams: " + line);
        }
        return new EventDelays(
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2]),
                Double.parseDouble(words[3]),
                Long.parseLong(words[4]));
    }
}
