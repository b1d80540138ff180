package dev.pounce.watch;

import dev.pounce.state.Transitions;

/**
 * What is known of a folder or war file that is watched. Illegal changes throw.
 *
 * <p>The table of {@link #on} is the only place that says which event leads where; {@code
 * docs/states.md} shows it.
 */
enum WatchState {
    /** It is new or has changed, and may change further. */
    CHANGING,
    /** It is as it was when it was deployed last, or tried to. */
    SETTLED,
    /** It has been quiet for long enough, and is not whole. */
    BROKEN,
    /** It is not there, and may come back. */
    VANISHED,
    /** It is gone, and what was deployed of it is undeployed. */
    FORGOTTEN;

    /** What is found out about it. */
    enum Event {
        /** It is another than at the look before. */
        CHANGE,
        /** It is not there any more. */
        VANISH,
        /** It was quiet for long enough, and is whole if it is there. */
        SETTLE,
        /** It was quiet for long enough, and is not whole. */
        REFUSE
    }

    private static final Transitions<WatchState, Event> TABLE =
            new Transitions<>("a watched file", WatchState.class, Event.class);

    static {
        TABLE.put(CHANGING, Event.CHANGE, CHANGING);
        TABLE.put(CHANGING, Event.VANISH, VANISHED);
        TABLE.put(CHANGING, Event.SETTLE, SETTLED);
        TABLE.put(CHANGING, Event.REFUSE, BROKEN);
        TABLE.put(SETTLED, Event.CHANGE, CHANGING);
        TABLE.put(SETTLED, Event.VANISH, VANISHED);
        TABLE.put(BROKEN, Event.CHANGE, CHANGING);
        TABLE.put(BROKEN, Event.VANISH, VANISHED);
        TABLE.put(VANISHED, Event.CHANGE, CHANGING);
        TABLE.put(VANISHED, Event.SETTLE, FORGOTTEN);
    }

    /**
     * The state that follows.
     *
     * @throws IllegalStateException when the table has no such cell
     */
    WatchState on(Event event) {
        return TABLE.on(this, event);
    }
}
