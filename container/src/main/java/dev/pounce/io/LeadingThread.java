package dev.pounce.io;

import org.jspecify.annotations.Nullable;

/**
 * A platform thread that may lead an {@link EventLoop}. Whatever is about to keep its thread
 * waiting says {@link #beforeWaiting}, so that the loop, for which it may be waiting, goes on.
 */
public final class LeadingThread extends Thread {
    private static final boolean INHERIT_NOTHING = false;

    private final Runnable giveAway;
    private volatile @Nullable ProcessorTime processorTime;

    /**
     * A thread that inherits nothing from the one that makes it, which may be in an application.
     *
     * @param body what the thread does
     * @param giveAway hands the loop that the thread leads to another thread, if it leads one and
     *     is in code of unknown length; called by the thread itself
     */
    public LeadingThread(String name, Runnable body, Runnable giveAway) {
        super(null, body, name, 0, INHERIT_NOTHING);
        this.giveAway = giveAway;
        setContextClassLoader(LeadingThread.class.getClassLoader());
        setPriority(NORM_PRIORITY);
        setDaemon(false);
    }

    @Override
    public void run() {
        ProcessorTime time = ProcessorTime.ofCurrentThread();
        processorTime = time;
        try {
            super.run();
        } finally {
            if (time != null) {
                time.close();
            }
        }
    }

    /** The calling thread's share of the processors, or null where that is not known. */
    static Lead.@Nullable Share share() {
        return Thread.currentThread() instanceof LeadingThread leading
                ? leading.processorTime
                : null;
    }

    /**
     * The calling thread is about to wait. If it leads a loop, and is in code of unknown length
     * ({@link Lead#enter}), another thread leads from here on. Any thread.
     */
    public static void beforeWaiting() {
        if (Thread.currentThread() instanceof LeadingThread leading) {
            leading.giveAway.run();
        }
    }
}
