package dev.pounce.config;

import java.util.List;

/** Whole numbers with a unit, such as {@code 64KiB}, and the units of one dimension. */
final class Quantity {

    static final Quantity MILLIS =
            new Quantity(
                    new Unit("ms", 1),
                    new Unit("s", 1000),
                    new Unit("m", 60_000),
                    new Unit("h", 3_600_000),
                    new Unit("d", 86_400_000));

    static final Quantity BYTES =
            new Quantity(
                    new Unit("", 1),
                    new Unit("KiB", 1L << 10),
                    new Unit("MiB", 1L << 20),
                    new Unit("GiB", 1L << 30),
                    new Unit("TiB", 1L << 40));

    private record Unit(String name, long factor) {}

    private final List<Unit> ascending;

    private Quantity(Unit... ascending) {
        this.ascending = List.of(ascending);
    }

    /**
     * Reads a whole number. Decimal only: YAML would read 010 as eight and 1:30 as ninety, and
     * nobody means that.
     *
     * @throws NumberFormatException when the text is no such number, or beyond a {@code long}
     */
    static long integer(String text) {
        if (!text.matches("0|-?[1-9][0-9]*")) {
            throw new NumberFormatException(text);
        }
        return Long.parseLong(text);
    }

    /**
     * Reads a number that is not negative, and its unit; zero needs none.
     *
     * @throws IllegalArgumentException when the text is no such quantity
     * @throws ArithmeticException when it is beyond a {@code long}
     */
    long parse(String text) {
        if (text.equals("0")) {
            return 0;
        }
        String number = text.replaceFirst("\\D*$", "");
        String name = text.substring(number.length()).strip();
        for (Unit unit : ascending) {
            if (unit.name.equals(name) && !number.startsWith("-")) {
                return Math.multiplyExact(integer(number), unit.factor);
            }
        }
        throw new IllegalArgumentException(text);
    }

    /** Writes the value in the largest unit that divides it. */
    String format(long value) {
        Unit unit = ascending.getFirst();
        for (Unit larger : ascending) {
            if (value != 0 && value % larger.factor == 0) {
                unit = larger;
            }
        }
        return value / unit.factor + unit.name;
    }
}
