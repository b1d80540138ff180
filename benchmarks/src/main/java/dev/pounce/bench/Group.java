package dev.pounce.bench;

import java.util.Locale;

/** What belongs together on the command line. */
enum Group {
    FUSED("13 bytes in the cheapest way that a server has"),
    SERVLET("short answers of servlets"),
    STREAMING("a page, flushed chunks and a large body, as they are and coded"),
    FILES("files"),
    LOAD("other loads than 64 busy connections"),
    DELAY("from the making of an event to its reader"),
    FOOTPRINT("start time and memory"),
    GROWTH("what each further connection, stream, session and webapp takes of Pounce");

    private final String description;

    Group(String description) {
        this.description = description;
    }

    /** The name for the command line. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }
}
