package dev.pounce.bench.peer;

import java.util.Locale;

/** What a servlet container runs requests on. */
enum Threads {
    PLATFORM,
    VIRTUAL;

    /** The name for tables and the command line. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
