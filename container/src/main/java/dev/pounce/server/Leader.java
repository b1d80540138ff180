package dev.pounce.server;

import dev.pounce.io.CpuAffinity;
import dev.pounce.io.Lead;
import dev.pounce.io.LeadingThread;
import dev.pounce.io.ThreadTraces;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Semaphore;

/**
 * A platform thread that can lead a worker's loop, with the buffers that it uses meanwhile. Where a
 * method does not say otherwise, only that thread may call it.
 */
final class Leader {
    private final Thread thread;
    private final String name;
    private final Lead lead;
    private final Turn turn;
    private final int generation;
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean dismissed;
    private volatile @Nullable CpuAffinity pin;

    /**
     * Starts the thread.
     *
     * @param generation which one of its worker's {@link Leaders} it belongs to
     */
    Leader(Leaders leaders, Worker worker, String name, int generation) {
        this.name = name;
        this.generation = generation;
        this.lead = new Lead(worker.server().watchdog());
        this.turn = new Turn(worker, this);
        this.thread = new LeadingThread(name, () -> leaders.run(this), () -> worker.giveAway(this));
    }

    /** Whether a thread leads a loop, or has. */
    static boolean is(Thread thread) {
        return thread instanceof LeadingThread;
    }

    void start() {
        thread.start();
    }

    Lead lead() {
        return lead;
    }

    Turn turn() {
        return turn;
    }

    int generation() {
        return generation;
    }

    /** The thread's number. Any thread. */
    long threadId() {
        return thread.threadId();
    }

    /** Waits until the thread has ended. Any other thread. */
    void join() throws InterruptedException {
        thread.join();
    }

    /** Lets {@link #awaitTask} return. Any thread. */
    void wake() {
        woken.release();
    }

    /** Lets {@link #awaitTask} return for the last time. Any thread. */
    void dismiss() {
        dismissed = true;
        woken.release();
    }

    /** Waits until this thread has something to lead; false when it is dismissed. */
    boolean awaitTask() {
        woken.acquireUninterruptibly();
        return !dismissed;
    }

    void pinTo(int processor) {
        pin = CpuAffinity.pinTo(processor);
    }

    /** Gives up the processor that goes with leading. Any thread, one at a time. */
    void unpin() {
        CpuAffinity pinned = pin;
        if (pinned != null) {
            pin = null;
            pinned.release();
        }
    }

    /** Application code that ran in place leaves nothing behind on this thread. */
    void wipeTraces() {
        ThreadTraces.wipe(thread, name);
    }
}
