package dev.pounce.bench.app;

import java.util.Locale;

/** A content coding (RFC 9110 section 8.4.1). */
public enum Coding {
    IDENTITY,
    GZIP,
    ZSTD;

    /** The name in fields, on the command line and in tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
