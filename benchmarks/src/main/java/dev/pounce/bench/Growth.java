package dev.pounce.bench;

import java.util.Locale;

/** Of what there can be many, and how many of it are measured. */
enum Growth {
    CONNECTIONS("idle connections", 2_500, 5_000, 7_500, 10_000),
    STREAMS_IDENTITY("open event streams, identity", 200, 400, 600, 800),
    STREAMS_GZIP("open event streams, gzip", 200, 400, 600, 800),
    STREAMS_ZSTD("open event streams, zstd", 200, 400, 600, 800),
    SESSIONS("sessions with one attribute", 25_000, 50_000, 75_000, 100_000),
    WEBAPPS("webapps with 12 servlets", 1, 10, 20, 40);

    private final String things;
    private final int[] counts;

    Growth(String things, int... counts) {
        this.things = things;
        this.counts = counts;
    }

    /** The name for the command line. */
    String label() {
        return "growth-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What there are many of. */
    String things() {
        return things;
    }

    /** How many of it, from few to many. */
    int[] counts() {
        return counts.clone();
    }
}
