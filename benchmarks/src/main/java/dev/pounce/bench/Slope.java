package dev.pounce.bench;

import java.util.Arrays;

/**
 * The straight line through measured points that misses them least (least squares).
 *
 * @param each what one more of {@code x} adds
 * @param worst the largest distance of a point from the line, relative to what is added from the
 *     first to the last point: how far it is no line
 */
record Slope(double each, double worst) {

    /**
     * Draws the line.
     *
     * @param x at least two, not all equal
     * @param y as many
     */
    static Slope of(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double above = 0;
        double below = 0;
        for (int i = 0; i < x.length; i++) {
            above += (x[i] - meanX) * (y[i] - meanY);
            below += (x[i] - meanX) * (x[i] - meanX);
        }
        double each = above / below;
        double worst = 0;
        for (int i = 0; i < x.length; i++) {
            worst = Math.max(worst, Math.abs(y[i] - meanY - each * (x[i] - meanX)));
        }
        double added = Math.abs(each * (x[x.length - 1] - x[0]));
        return new Slope(each, added == 0 ? 0 : worst / added);
    }
}
