package dev.pounce.io;

import dev.pounce.io.LeadState.Event;

import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The claim of one thread to the {@link EventLoop} that it leads. Around code of unknown length the
 * thread says {@link #enter} and {@link #leave}; while it is inside, a {@link Watchdog} may give
 * the loop to another thread, and {@link #leave} returns when that is done.
 *
 * <p>What the thread wrote before {@code enter} is seen by whoever takes over, and what that one
 * wrote before {@link #taken} is seen by the thread after {@code leave}.
 */
public final class Lead {
    private static final LeadState ENTERED = LeadState.FREE.on(Event.ENTER);
    private static final LeadState LEFT = ENTERED.on(Event.LEAVE);
    private static final LeadState BEING_TAKEN = ENTERED.on(Event.TAKE);
    private static final VarHandle STATE;
    private static final VarHandle STRETCH;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Lead.class, "state", LeadState.class);
            STRETCH = lookup.findVarHandle(Lead.class, "stretch", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** What the thread has of the processors. Any thread may ask. */
    interface Share {

        /** How long it has run, in nanoseconds; negative when unknown. */
        long ranNanos();

        /** Whether it runs or waits for a processor, and not for anything else. */
        boolean wouldRun();
    }

    private final @Nullable Watchdog watchdog;
    private volatile @Nullable Share share;
    private volatile LeadState state = LeadState.LOST;
    private long stretch;

    /**
     * @param watchdog who is told that it has something to watch, or null where nobody takes over
     */
    public Lead(@Nullable Watchdog watchdog) {
        this.watchdog = watchdog;
    }

    /** The thread begins to lead. Called by it. */
    public void begin() {
        begin(LeadingThread.share());
    }

    void begin(@Nullable Share ofThread) {
        share = ofThread;
        change(Event.LEAD);
    }

    /** How long the thread has run, in nanoseconds; negative when unknown. Any thread. */
    long ranNanos() {
        Share known = share;
        return known == null ? -1 : known.ranNanos();
    }

    /**
     * Whether the thread has hardly run since then, and would: it gets no processor.
     *
     * @param ranNanos what {@link #ranNanos} was
     * @param little what counts as hardly
     */
    boolean isStarved(long ranNanos, long little) {
        Share known = share;
        if (known == null || ranNanos < 0) {
            return false;
        }
        long ran = known.ranNanos();
        return ran >= 0 && ran - ranNanos < little && known.wouldRun();
    }

    /** The thread hands the loop on of its own accord, outside of {@link #enter}. Called by it. */
    public void handOn() {
        change(Event.HAND_ON);
    }

    /** Code of unknown length begins. Called by the thread that leads or has led. */
    public void enter() {
        Watchdog watching = watchdog;
        if (watching != null && state == LeadState.FREE) {
            STRETCH.setOpaque(this, stretch + 1);
            state = ENTERED;
            watching.stir();
        }
    }

    /**
     * That code has returned. Called by the thread that entered it; {@link #isLost} tells
     * afterwards whether it still leads.
     */
    public void leave() {
        if (watchdog == null || STATE.compareAndSet(this, ENTERED, LEFT)) {
            return;
        }
        awaitTaken();
    }

    /** Returns when nobody is about to take the loop over. Called by the thread that entered. */
    public void awaitTaken() {
        while (state == LeadState.TAKING) {
            // a system call or two by the thread that takes over
            Thread.yield();
        }
    }

    /** Whether the thread leads no longer. */
    public boolean isLost() {
        return state == LeadState.LOST;
    }

    /** Whether the thread is in code of unknown length. Any thread. */
    public boolean isOccupied() {
        return state == LeadState.OCCUPIED;
    }

    /** Which stretch of such code it is, or was the last. Any thread. */
    long stretch() {
        return (long) STRETCH.getOpaque(this);
    }

    /**
     * Takes the loop from the thread, which must be in code of unknown length.
     *
     * @return false when it has just come back
     */
    public boolean take() {
        return STATE.compareAndSet(this, ENTERED, BEING_TAKEN);
    }

    /** Ends what {@link #take} began. */
    public void taken() {
        change(Event.TAKEN);
    }

    /** Only for changes that nobody else can make at the same time. */
    private void change(Event event) {
        state = state.on(event);
    }
}
