package dev.pounce.io;

/**
 * When a {@link Watchdog} looks again. Each look costs a processor two switches of threads, often
 * as much as a request; so where none has taken long for a while it looks less often, and only who
 * is found in code of unknown length then is looked at again as soon as ever. Used by the
 * watchdog's thread only.
 */
final class LookPace {

    /** What a look has found: of several leaders that which asks for most. */
    enum Finding {
        /** No leader has been in code of unknown length since the last look. */
        NOTHING,
        /** One has been, and is not any more. */
        RETURNED,
        /** One is, and has not run for long in this stretch of it. */
        INSIDE,
        /** One takes long. */
        LONG;

        /** The one of both that asks for more. */
        Finding or(Finding other) {
            return compareTo(other) < 0 ? other : this;
        }
    }

    /** Looks in a row without one that was {@link Finding#LONG} that make it calm. */
    static final int CALM_AFTER = 250;

    /** Periods between two looks while it is calm. */
    static final int CALM_PERIODS = 4;

    private final long periodNanos;
    private int sinceLong;
    private boolean looksTwice;

    /**
     * @param periodNanos time between two looks while it is not calm
     */
    LookPace(long periodNanos) {
        this.periodNanos = periodNanos;
    }

    /** The nanoseconds until the next look, after one that has found this. */
    long next(Finding found) {
        sinceLong = found == Finding.LONG ? 0 : Math.min(sinceLong + 1, CALM_AFTER);
        looksTwice = found == Finding.INSIDE && !looksTwice;
        return sinceLong < CALM_AFTER || looksTwice ? periodNanos : CALM_PERIODS * periodNanos;
    }
}
