package dev.pounce.io;

/**
 * Unwinds a thread that leads its loop no longer, past code that only a leader may run. Nothing but
 * the thread's own outermost frame may catch it, and what runs while it passes must not touch what
 * belongs to the loop.
 */
public final class LeadLostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Made where the loss was noticed. */
    public LeadLostException() {
        super("the loop was taken over", null, false, false);
    }
}
