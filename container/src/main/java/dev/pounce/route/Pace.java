package dev.pounce.route;

import dev.pounce.route.PaceState.Event;

/**
 * Whether the requests of one route are short enough to start in place, learned from those that
 * have run. One that costs a worker its loop weighs as much as {@link #WEIGHT} that are short, in
 * place and on virtual threads alike; each time that a route falls back it has to prove more.
 * Thread-safe. A request in place reads one volatile field; what it adds is told for many at a
 * time.
 */
public final class Pace {
    /** Short requests that make good for a long one. */
    private static final int WEIGHT = 128;

    /** What a route may have to its credit: so many long requests in a row it is forgiven. */
    private static final int MOST_CREDIT = 3 * WEIGHT;

    private static final int LEAST_PROOF = 64;
    private static final int MOST_PROOF = 8192;

    /** That of routes whose requests start in place whatever they have shown. */
    public static final Pace ALWAYS_SHORT = new Pace(true);

    private final boolean fixed;
    private volatile PaceState state = PaceState.SHORT;
    private int credit = 2 * WEIGHT;
    private int proof;
    private int proofWanted = LEAST_PROOF;

    /** Of a route that has shown nothing yet. */
    public Pace() {
        this(false);
    }

    private Pace(boolean fixed) {
        this.fixed = fixed;
    }

    /** What the route has shown so far. */
    public PaceState state() {
        return state;
    }

    /** Whether its next request starts in place. */
    public boolean isShort() {
        return state != PaceState.LONG;
    }

    /**
     * Requests in place were short.
     *
     * @param count how many: about as many as there were since the last call
     */
    public void wereShort(int count) {
        if (!fixed) {
            countShort(count);
        }
    }

    private synchronized void countShort(int count) {
        if (state == PaceState.LONG) {
            return;
        }
        credit = Math.min(MOST_CREDIT, credit + count);
        if (state == PaceState.TRIAL && credit == MOST_CREDIT) {
            proofWanted = LEAST_PROOF;
            state = state.on(Event.TRUSTED);
        }
    }

    /**
     * A request in place has cost its worker the loop.
     *
     * @return whether that was one too many: from now on requests start on virtual threads
     */
    public boolean tookLong() {
        return !fixed && countLong();
    }

    private synchronized boolean countLong() {
        if (state == PaceState.LONG) {
            return false;
        }
        credit -= WEIGHT;
        if (credit >= 0) {
            return false;
        }
        if (state == PaceState.TRIAL) {
            proofWanted = Math.min(MOST_PROOF, 2 * proofWanted);
        }
        proof = 0;
        state = state.on(Event.TOO_SLOW);
        return true;
    }

    /**
     * A request has run on a virtual thread.
     *
     * @param isShort whether it would have been short in place
     * @return whether the route has proven short by that: from now on requests start in place
     */
    public boolean ranApart(boolean isShort) {
        return state == PaceState.LONG && proves(isShort);
    }

    private synchronized boolean proves(boolean isShort) {
        if (state != PaceState.LONG) {
            return false;
        }
        proof = isShort ? proof + 1 : Math.max(0, proof - WEIGHT);
        if (proof < proofWanted) {
            return false;
        }
        credit = WEIGHT;
        state = state.on(Event.PROVEN);
        return true;
    }
}
