package dev.pounce.io;

import org.jspecify.annotations.Nullable;

/**
 * Something that happens when a time has passed. Moving it later, which every request does, only
 * writes a field. Used by the thread that leads the loop only.
 */
public abstract class Deadline {
    private static final long NONE = Long.MAX_VALUE;

    static final int NOWHERE = -1;

    private long at = NONE;
    int slot = NOWHERE;
    @Nullable Deadline next;
    @Nullable Deadline previous;

    /**
     * Called once when the time has passed; a new time may be set here.
     *
     * @param now the loop's time in nanoseconds
     */
    protected abstract void expired(long now);

    /** Sets the time, in nanoseconds of {@link Deadlines#now}. */
    public final void set(Deadlines deadlines, long nanos) {
        boolean earlier = nanos < at;
        at = nanos;
        if (slot == NOWHERE) {
            deadlines.insert(this);
        } else if (earlier) {
            deadlines.advance(this);
        }
    }

    /** Takes the time back; {@link #set} may follow soon, so nothing is moved for it. */
    public final void clear() {
        at = NONE;
    }

    /** Takes the time back for good. */
    public final void cancel(Deadlines deadlines) {
        at = NONE;
        if (slot != NOWHERE) {
            deadlines.unlink(this);
        }
    }

    /** The time that was set, in nanoseconds; {@link Long#MAX_VALUE} when none is. */
    public final long at() {
        return at;
    }

    boolean isSet() {
        return at != NONE;
    }
}
