package dev.pounce.io;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The deadlines of one loop: a wheel of ticks in which a deadline that was moved is found in its
 * old slot and put into its new one only then. Used by the thread that leads the loop only.
 */
public final class Deadlines {
    private static final int SLOTS = 512;
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(50);

    private final @Nullable Deadline[] slots = new @Nullable Deadline[SLOTS];
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
        long due = Math.max(deadline.at() / TICK + 1, tick + 1);
        int slot = (int) (Math.min(due, tick + SLOTS - 1) % SLOTS);
        deadline.next = slots[slot];
        slots[slot] = deadline;
        queued++;
    }

    /** How long the loop may sleep, in milliseconds; 0 means until something happens. */
    long sleepMillis() {
        return queued == 0
                ? 0
                : Math.max(1, TimeUnit.NANOSECONDS.toMillis((tick + 1) * TICK - now) + 1);
    }

    /** Runs what is due. */
    void run() {
        long current = now / TICK;
        if (current - tick >= SLOTS) {
            tick = current - SLOTS;
        }
        while (tick < current) {
            tick++;
            int slot = (int) (tick % SLOTS);
            Deadline each = slots[slot];
            slots[slot] = null;
            while (each != null) {
                Deadline following = each.next;
                each.next = null;
                each.taken();
                queued--;
                settle(each);
                each = following;
            }
        }
    }

    private void settle(Deadline deadline) {
        if (!deadline.isSet()) {
            return;
        }
        if (deadline.at() > now) {
            deadline.set(this, deadline.at());
        } else {
            deadline.clear();
            deadline.expired(now);
        }
    }
}
