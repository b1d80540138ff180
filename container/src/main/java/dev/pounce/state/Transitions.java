package dev.pounce.state;

import org.jspecify.annotations.Nullable;

/**
 * The table of a state machine: which event leads from which state where. It is filled when the
 * class of the states is loaded, and looked at many times for each request, so a look is one access
 * to an array. Immutable once it is filled.
 *
 * @param <S> the states
 * @param <E> what can happen
 */
public final class Transitions<S extends Enum<S>, E extends Enum<E>> {
    private final String what;
    private final int events;
    private final @Nullable Object[] cells;

    /**
     * A table without a cell.
     *
     * @param what has the states, for messages: "a connection"
     */
    public Transitions(String what, Class<S> states, Class<E> events) {
        this.what = what;
        this.events = events.getEnumConstants().length;
        this.cells = new Object[states.getEnumConstants().length * this.events];
    }

    /** Adds a cell. */
    public void put(S from, E event, S to) {
        cells[index(from, event)] = to;
    }

    private int index(S from, E event) {
        return from.ordinal() * events + event.ordinal();
    }

    /** The state that follows, or null where the event is illegal. */
    @SuppressWarnings("unchecked") // put() lets nothing else in
    public @Nullable S next(S from, E event) {
        return (S) cells[index(from, event)];
    }

    /**
     * The state that follows.
     *
     * @throws IllegalStateException when the table has no such cell
     */
    public S on(S from, E event) {
        S next = next(from, event);
        if (next == null) {
            throw new IllegalStateException(what + " in state " + from + " cannot " + event);
        }
        return next;
    }
}
