package dev.pounce.bench;

import java.util.Arrays;

/**
 * The middle and the ends of some measurements of one thing. The median and not the mean, since a
 * few disturbed rounds do not move it.
 */
record Spread(double min, double median, double max) {

    /**
     * The spread of at least one value.
     *
     * @throws IllegalArgumentException when there is none
     */
    static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("A spread needs at least one value");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }
}
