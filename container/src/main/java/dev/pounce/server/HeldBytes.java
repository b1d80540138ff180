package dev.pounce.server;

import java.util.function.LongSupplier;

/**
 * Counts what the connections of one worker hold in memory between two turns: unfinished heads,
 * content that is being collected, answers that a client does not take. Used by the thread that
 * leads only.
 */
final class HeldBytes {
    private final LongSupplier max;
    private long held;

    /**
     * @param max bytes at a time, asked for whenever something is counted
     */
    HeldBytes(LongSupplier max) {
        this.max = max;
    }

    /**
     * A connection holds another number of bytes than before.
     *
     * @return false when it holds more and all together hold too much
     */
    boolean change(int before, int now) {
        held += now - before;
        return now <= before || held <= max.getAsLong();
    }

    /** Bytes that are held. */
    long bytes() {
        return held;
    }
}
