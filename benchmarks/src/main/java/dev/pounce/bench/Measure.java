package dev.pounce.bench;

import java.util.Locale;

/** What a figure says. */
enum Measure {
    /** CPU time of the server per answer. */
    CPU("CPU µs"),
    /** The size of the answer. */
    BYTES("bytes"),
    /** The delay at the client that one in a hundred exceeds. */
    P99("p99 ms"),
    /** Live objects of the heap for each of what is held. */
    OBJECTS("bytes of objects"),
    /** From exec to the first answer. */
    START("start ms"),
    /** Resident memory at the first answer. */
    AT_START("MB at start"),
    /** Resident memory under load. */
    UNDER_LOAD("MB under load");

    private final String unit;

    Measure(String unit) {
        this.unit = unit;
    }

    /** What it is, with its unit. */
    String unit() {
        return unit;
    }

    /** A figure with as many places as tell something. */
    String format(double value) {
        String pattern =
                switch (this) {
                    case CPU -> value < 1000 ? "%,.2f" : "%,.0f";
                    case P99 -> value < 10 ? "%.3f" : "%,.1f";
                    case BYTES, OBJECTS, START -> "%,.0f";
                    case AT_START, UNDER_LOAD -> "%,.1f";
                };
        return String.format(Locale.ROOT, pattern, value);
    }
}
