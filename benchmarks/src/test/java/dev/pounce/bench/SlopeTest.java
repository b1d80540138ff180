package dev.pounce.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SlopeTest {

    @Test
    void pointsOnALineGiveTheLine() {
        Slope slope = Slope.of(new double[] {1, 2, 4}, new double[] {110, 120, 140});
        assertEquals(10, slope.each(), 1e-9);
        assertEquals(0, slope.worst(), 1e-9);
    }

    @Test
    void thePointFarthestFromTheLineSaysHowFarItIsNone() {
        Slope slope = Slope.of(new double[] {0, 1, 2}, new double[] {0, 4, 2});
        assertEquals(1, slope.each(), 1e-9);
        assertEquals(1, slope.worst(), 1e-9);
    }
}
