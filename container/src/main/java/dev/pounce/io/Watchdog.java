package dev.pounce.io;

import dev.pounce.io.LookPace.Finding;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that looks in turns at the leaders of several loops, and has a loop taken from a leader
 * that it finds twice in the same code of unknown length; but not from one that would run and gets
 * no processor, for there a short request only looks long, and the next leader would get none
 * either. It sleeps while nothing runs. {@link #stir} and {@link #close} may be called by any
 * thread.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    /**
     * Looks that found nothing new before it goes to sleep: waking it costs more than some looks.
     */
    private static final int QUIET_LOOKS = 50;

    /** A loop that can be taken over. */
    public interface Watched {

        /** The claim of the thread that leads now. */
        Lead lead();

        /**
         * Gives the loop to another thread, if {@link Lead#take} succeeds and there is one. Called
         * by the watchdog's thread.
         */
        void takeOver(Lead from);
    }

    private final List<? extends Watched> watched;
    private final long periodNanos;
    private final LookPace pace;
    private @Nullable Lead[] leads = {};
    private long[] stretches = {};
    private long[] ran = {};
    private final Thread thread;
    private volatile boolean asleep;
    private volatile boolean closed;

    /**
     * @param watched the loops; the list must be complete when {@link #start} is called
     * @param periodNanos time between two looks: a loop is taken from code that has run for at
     *     least this long, and at the latest after twice this time, or one period more than {@link
     *     LookPace#CALM_PERIODS} when none has taken long for a while
     */
    public Watchdog(List<? extends Watched> watched, long periodNanos) {
        this.watched = watched;
        this.periodNanos = periodNanos;
        this.pace = new LookPace(periodNanos);
        this.thread = Thread.ofPlatform().name("pounce-watchdog").daemon().unstarted(this::run);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /** A leader enters code of unknown length. */
    void stir() {
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        leads = new Lead[watched.size()];
        stretches = new long[watched.size()];
        ran = new long[watched.size()];
        int quiet = 0;
        while (!closed) {
            Finding found = look();
            long pause = pace.next(found);
            quiet = found == Finding.NOTHING ? quiet + 1 : 0;
            if (quiet < QUIET_LOOKS) {
                LockSupport.parkNanos(pause);
            } else {
                sleep();
                quiet = 0;
            }
        }
    }

    private void sleep() {
        asleep = true;
        // whoever enters after this look sees that the watchdog sleeps
        while (!closed && !isStirred()) {
            LockSupport.park(this);
        }
        asleep = false;
    }

    private boolean isStirred() {
        for (int i = 0; i < leads.length; i++) {
            Lead lead = watched.get(i).lead();
            if (lead != leads[i] || lead.stretch() != stretches[i]) {
                return true;
            }
        }
        return false;
    }

    /** Looks at every leader. */
    private Finding look() {
        Finding found = Finding.NOTHING;
        for (int i = 0; i < leads.length; i++) {
            Watched each = watched.get(i);
            Lead lead = each.lead();
            long stretch = lead.stretch();
            boolean same = lead == leads[i] && stretch == stretches[i];
            leads[i] = lead;
            stretches[i] = stretch;
            boolean occupied = lead.isOccupied();
            if (!occupied) {
                found = found.or(same ? Finding.NOTHING : Finding.RETURNED);
                continue;
            }
            if (!same) {
                found = found.or(Finding.INSIDE);
                ran[i] = lead.ranNanos();
            } else if (lead.isStarved(ran[i], periodNanos / 2)) {
                found = found.or(Finding.INSIDE);
            } else {
                found = found.or(Finding.LONG);
                try {
                    each.takeOver(lead);
                } catch (RuntimeException | Error e) {
                    LOG.error("a worker's loop could not be taken over", e);
                }
            }
        }
        return found;
    }

    /** Ends the thread. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
