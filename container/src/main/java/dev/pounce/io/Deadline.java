package dev.pounce.io;

import org.jspecify.annotations.Nullable;

/**
 * Something that happens when a time has passed. Moving it later, which every request does, only
 * writes a field. Used by the thread that leads the loop only.
 */
public abstract class Deadline {
    private static final long NONE = Long.MAX_VALUE;

    private long at = NONE;
    private boolean queued;
    @Nullable Deadline next;

    /**
     * Called once when the time has passed; a new time may be set here.
     *
     * @param now the loop's time in nanoseconds
     */
    protected abstract void expired(long now);

    /** Sets the time, in nanoseconds of {@link Deadlines#now}. */
    public final void set(Deadlines deadlines, long nanos) {
        at = nanos;
        if (!queued) {
            queued = true;
            deadlines.insert(this);
        }
    }

    /** Takes the time back. */
    public final void clear() {
        at = NONE;
    }

    long at() {
        return at;
    }

    boolean isSet() {
        return at != NONE;
    }

    void taken() {
        queued = false;
    }
}
