package dev.pounce.server;

import dev.pounce.io.LeadLostException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The threads of one worker: one leads the loop, those that lost it end their exchange, a few wait
 * to be the next.
 *
 * <p>Threads that have run an application's code hold its thread locals, and with them its classes:
 * {@link #retire} begins a new generation, and those of older ones end as soon as they lead
 * nothing. Thread-safe.
 */
final class Leaders {
    private static final Logger LOG = LoggerFactory.getLogger(Leaders.class);
    private static final int SPARES = 2;
    private static final long WARNING_NANOS = 10_000_000_000L;

    private final Worker worker;
    private final int max;
    private final Deque<Leader> spares = new ArrayDeque<>();
    private volatile Leader current;
    private volatile boolean hasRoom = true;
    private int alive;
    private int made;
    private int generation;
    private boolean ended;
    private long warned;
    private boolean hasWarned;

    /**
     * @param max threads at a time
     */
    Leaders(Worker worker, int max) {
        this.worker = worker;
        this.max = max;
        this.current = make();
    }

    /** Whether {@link #next} would find one; not certain, for others may be faster. */
    boolean hasRoom() {
        return hasRoom;
    }

    private synchronized void noteRoom() {
        hasRoom = alive < max || !spares.isEmpty();
    }

    /** The one that leads. */
    Leader current() {
        return current;
    }

    private synchronized Leader make() {
        int number = made++;
        String suffix = number == 0 ? "" : "-" + number;
        Leader leader =
                new Leader(this, worker, "pounce-worker-" + worker.index() + suffix, generation);
        alive++;
        noteRoom();
        return leader;
    }

    /** Has the first one lead. */
    void start() {
        current.start();
        current.wake();
    }

    /**
     * A thread that could lead, for {@link #lead} or {@link #keep}.
     *
     * @return null when there are as many threads as there may be, or the worker has ended
     */
    synchronized @Nullable Leader next() {
        if (ended) {
            return null;
        }
        Leader spare = spares.poll();
        if (spare != null) {
            noteRoom();
            return spare;
        }
        if (alive >= max) {
            warn();
            return null;
        }
        return start(make());
    }

    /** As {@link #next}, also when there are as many threads as there may be. */
    synchronized @Nullable Leader nextAtAnyRate() {
        boolean isAvailable = ended || alive < max || !spares.isEmpty();
        return isAvailable ? next() : start(make());
    }

    private Leader start(Leader fresh) {
        try {
            fresh.start();
        } catch (Error e) {
            gone();
            throw e;
        }
        return fresh;
    }

    private synchronized void gone() {
        alive--;
        noteRoom();
    }

    private void warn() {
        long now = System.nanoTime();
        if (!hasWarned || now - warned > WARNING_NANOS) {
            hasWarned = true;
            warned = now;
            LOG.warn(
                    "worker {} waits for a handler: all of its {} threads (take_over.threads) are"
                            + " in handlers that take long; those should be declared blocking",
                    worker.index(),
                    max);
        }
    }

    /** Has a thread lead from now on. */
    void lead(Leader next) {
        current = next;
        next.wake();
    }

    /** Keeps a thread that leads nothing for later, or ends it. */
    synchronized void keep(Leader leader) {
        if (ended || leader.generation() != generation || spares.size() == SPARES) {
            leader.dismiss();
        } else {
            spares.push(leader);
            noteRoom();
        }
    }

    /** From now on no thread that has run anything so far is kept; the current leader is told. */
    void retire() {
        List<Leader> idle;
        synchronized (this) {
            generation++;
            idle = new ArrayList<>(spares);
            spares.clear();
            noteRoom();
        }
        idle.forEach(Leader::dismiss);
    }

    /** Whether a thread is to hand the loop on. */
    synchronized boolean isRetired(Leader leader) {
        return !ended && leader.generation() != generation;
    }

    /** The worker has ended: all threads end that do not run anything. */
    void end() {
        List<Leader> idle;
        synchronized (this) {
            ended = true;
            idle = new ArrayList<>(spares);
            spares.clear();
            noteRoom();
        }
        idle.forEach(Leader::dismiss);
    }

    /** The life of a thread. */
    void run(Leader leader) {
        try {
            while (leader.awaitTask()) {
                try {
                    worker.lead(leader);
                    return;
                } catch (LeadLostException e) {
                    leader.unpin();
                    keep(leader);
                }
            }
        } finally {
            gone();
        }
    }
}
