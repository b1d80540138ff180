package dev.pounce.protocol;

import dev.pounce.state.Transitions;

import org.jspecify.annotations.Nullable;

/**
 * What an HTTP/1.1 connection is doing, and so who owns it. Illegal changes throw.
 *
 * <p>The table of {@link #on} is the only place that says which event leads where; {@code
 * docs/states.md} shows it.
 */
public enum ConnectionState {
    /** Waits for the first byte of a request; owned by the worker. */
    IDLE,
    /** Has part of a head; owned by the worker. */
    HEAD,
    /** The worker collects a fused request's content. */
    COLLECTING,
    /** An exchange on another thread than the worker's owns the connection. */
    EXCHANGE,
    /** The connection speaks another protocol, and belongs to what speaks it. */
    UPGRADED,
    /** The worker waits until the socket takes the rest of an answer. */
    WRITING,
    /** The answer is out, the connection closes: what still comes is read and dropped. */
    LINGERING,
    /** Over. */
    CLOSED;

    /** What can happen to a connection. */
    public enum Event {
        /** Bytes came that are no complete head. */
        HEAD_PART,
        /** A fused request is complete but for its content. */
        CONTENT_EXPECTED,
        /** A request was given to an exchange that runs on another thread. */
        HANDED_OVER,
        /** The exchange gave the connection back, or the worker finished one in place. */
        RELEASED,
        /** The exchange has agreed upon another protocol. */
        UPGRADE,
        /** The socket did not take all of an answer. */
        STALLED,
        /** The answer is out and the connection is to be closed with care. */
        LINGER,
        /** The socket is closed. */
        CLOSE
    }

    private static final Transitions<ConnectionState, Event> TABLE =
            new Transitions<>("a connection", ConnectionState.class, Event.class);

    static {
        TABLE.put(IDLE, Event.HEAD_PART, HEAD);
        TABLE.put(IDLE, Event.CONTENT_EXPECTED, COLLECTING);
        TABLE.put(IDLE, Event.HANDED_OVER, EXCHANGE);
        TABLE.put(IDLE, Event.RELEASED, IDLE);
        TABLE.put(IDLE, Event.STALLED, WRITING);
        TABLE.put(IDLE, Event.LINGER, LINGERING);
        TABLE.put(HEAD, Event.HEAD_PART, HEAD);
        TABLE.put(HEAD, Event.CONTENT_EXPECTED, COLLECTING);
        TABLE.put(HEAD, Event.HANDED_OVER, EXCHANGE);
        TABLE.put(HEAD, Event.RELEASED, IDLE);
        TABLE.put(HEAD, Event.STALLED, WRITING);
        TABLE.put(HEAD, Event.LINGER, LINGERING);
        TABLE.put(COLLECTING, Event.HANDED_OVER, EXCHANGE);
        TABLE.put(COLLECTING, Event.RELEASED, IDLE);
        TABLE.put(COLLECTING, Event.STALLED, WRITING);
        TABLE.put(COLLECTING, Event.LINGER, LINGERING);
        TABLE.put(EXCHANGE, Event.RELEASED, IDLE);
        TABLE.put(EXCHANGE, Event.UPGRADE, UPGRADED);
        TABLE.put(EXCHANGE, Event.LINGER, LINGERING);
        TABLE.put(UPGRADED, Event.LINGER, LINGERING);
        TABLE.put(WRITING, Event.CONTENT_EXPECTED, COLLECTING);
        TABLE.put(WRITING, Event.STALLED, WRITING);
        TABLE.put(WRITING, Event.RELEASED, IDLE);
        TABLE.put(WRITING, Event.LINGER, LINGERING);
        for (ConnectionState state : values()) {
            TABLE.put(state, Event.CLOSE, CLOSED);
        }
    }

    /** The state that follows, or null where the event is illegal. */
    public @Nullable ConnectionState next(Event event) {
        return TABLE.next(this, event);
    }

    /**
     * The state that follows.
     *
     * @throws IllegalStateException when the table has no such cell
     */
    public ConnectionState on(Event event) {
        return TABLE.on(this, event);
    }
}
