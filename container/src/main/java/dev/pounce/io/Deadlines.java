package dev.pounce.io;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The deadlines of one loop: a wheel of ticks in which a deadline that was moved to a later time is
 * found in its old slot and put into its new one only then. Used by the thread that leads the loop
 * only.
 */
public final class Deadlines {
    private static final int SLOTS = 512;
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(50);

    /** Behind the wheel: what was found to be looked at now. */
    private static final int DUE = SLOTS;

    private final @Nullable Deadline[] slots = new @Nullable Deadline[SLOTS + 1];
    private final LongSupplier clock;
    private long now;
    private long tick;
    private int queued;

    /**
     * @param clock nanoseconds that never go back, for instance {@code System::nanoTime}
     */
    public Deadlines(LongSupplier clock) {
        this.clock = clock;
        this.now = clock.getAsLong();
        this.tick = now / TICK;
    }

    /** The time that was read when the loop last woke, in nanoseconds. */
    public long now() {
        return now;
    }

    /** Reads the clock. */
    void update() {
        now = clock.getAsLong();
    }

    void insert(Deadline deadline) {
        link(deadline, (int) (Math.min(dueTick(deadline), tick + SLOTS - 1) % SLOTS));
    }

    /** Puts a deadline that was moved to an earlier time where it is found in time. */
    void advance(Deadline deadline) {
        int slot = deadline.slot;
        boolean inWheel = slot != DUE;
        long foundAt = tick + Math.floorMod(slot - tick - 1, (long) SLOTS) + 1;
        if (inWheel && dueTick(deadline) < foundAt) {
            unlink(deadline);
            insert(deadline);
        }
    }

    private long dueTick(Deadline deadline) {
        return Math.max(deadline.at() / TICK + 1, tick + 1);
    }

    private void link(Deadline deadline, int slot) {
        Deadline first = slots[slot];
        deadline.slot = slot;
        deadline.previous = null;
        deadline.next = first;
        if (first != null) {
            first.previous = deadline;
        }
        slots[slot] = deadline;
        queued++;
    }

    void unlink(Deadline deadline) {
        Deadline before = deadline.previous;
        Deadline after = deadline.next;
        if (before == null) {
            slots[deadline.slot] = after;
        } else {
            before.next = after;
        }
        if (after != null) {
            after.previous = before;
        }
        deadline.slot = Deadline.NOWHERE;
        deadline.next = null;
        deadline.previous = null;
        queued--;
    }

    /** How long the loop may sleep, in milliseconds; 0 means until something happens. */
    long sleepMillis() {
        return queued == 0
                ? 0
                : Math.max(1, TimeUnit.NANOSECONDS.toMillis((tick + 1) * TICK - now) + 1);
    }

    /**
     * Runs what is due. When it does not return, because the lead was lost in one of them, the next
     * call goes on with the rest.
     */
    void run() {
        runDue();
        long current = now / TICK;
        if (current - tick >= SLOTS) {
            tick = current - SLOTS;
        }
        while (tick < current) {
            tick++;
            int slot = (int) (tick % SLOTS);
            Deadline first = slots[slot];
            slots[slot] = null;
            for (Deadline each = first; each != null; each = each.next) {
                each.slot = DUE;
            }
            slots[DUE] = first;
            runDue();
        }
    }

    private void runDue() {
        for (Deadline each = slots[DUE]; each != null; each = slots[DUE]) {
            unlink(each);
            settle(each);
        }
    }

    private void settle(Deadline deadline) {
        if (!deadline.isSet()) {
            return;
        }
        if (deadline.at() > now) {
            insert(deadline);
        } else {
            deadline.clear();
            deadline.expired(now);
        }
    }
}
