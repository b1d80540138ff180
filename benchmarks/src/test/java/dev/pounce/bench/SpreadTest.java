package dev.pounce.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void medianOfAnOddNumberIsTheMiddle() {
        assertEquals(new Spread(1, 5, 90), Spread.of(90, 1, 5));
    }

    @Test
    void medianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertEquals(new Spread(1, 4, 90), Spread.of(5, 90, 1, 3));
    }

    @Test
    void oneValueIsItsOwnSpread() {
        assertEquals(new Spread(7, 7, 7), Spread.of(7));
    }

    @Test
    void theValuesKeepTheirOrder() {
        double[] values = {3, 1, 2};
        Spread.of(values);
        assertArrayEquals(new double[] {3, 1, 2}, values);
    }

    @Test
    void noValueHasNoSpread() {
        assertThrows(IllegalArgumentException.class, Spread::of);
    }
}
