package dev.pounce.protocol;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Map;

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

    private static final Map<ConnectionState, Map<Event, ConnectionState>> TABLE =
            new EnumMap<>(ConnectionState.class);

    static {
        row(IDLE).put(Event.HEAD_PART, HEAD);
        row(IDLE).put(Event.CONTENT_EXPECTED, COLLECTING);
        row(IDLE).put(Event.HANDED_OVER, EXCHANGE);
        row(IDLE).put(Event.RELEASED, IDLE);
        row(IDLE).put(Event.STALLED, WRITING);
        row(IDLE).put(Event.LINGER, LINGERING);
        row(HEAD).put(Event.HEAD_PART, HEAD);
        row(HEAD).put(Event.CONTENT_EXPECTED, COLLECTING);
        row(HEAD).put(Event.HANDED_OVER, EXCHANGE);
        row(HEAD).put(Event.RELEASED, IDLE);
        row(HEAD).put(Event.STALLED, WRITING);
        row(HEAD).put(Event.LINGER, LINGERING);
        row(COLLECTING).put(Event.HANDED_OVER, EXCHANGE);
        row(COLLECTING).put(Event.RELEASED, IDLE);
        row(COLLECTING).put(Event.STALLED, WRITING);
        row(COLLECTING).put(Event.LINGER, LINGERING);
        row(EXCHANGE).put(Event.RELEASED, IDLE);
        row(EXCHANGE).put(Event.UPGRADE, UPGRADED);
        row(EXCHANGE).put(Event.LINGER, LINGERING);
        row(UPGRADED).put(Event.LINGER, LINGERING);
        row(WRITING).put(Event.CONTENT_EXPECTED, COLLECTING);
        row(WRITING).put(Event.STALLED, WRITING);
        row(WRITING).put(Event.RELEASED, IDLE);
        row(WRITING).put(Event.LINGER, LINGERING);
        for (ConnectionState state : values()) {
            row(state).put(Event.CLOSE, CLOSED);
        }
    }

    private static Map<Event, ConnectionState> row(ConnectionState state) {
        return TABLE.computeIfAbsent(state, key -> new EnumMap<>(Event.class));
    }

    /** The state that follows, or null where the event is illegal. */
    public @Nullable ConnectionState next(Event event) {
        return row(this).get(event);
    }

    /**
     * The state that follows.
     *
     * @throws IllegalStateException when the table has no such cell
     */
    public ConnectionState on(Event event) {
        ConnectionState next = next(event);
        if (next == null) {
            throw new IllegalStateException("a connection in state " + this + " cannot " + event);
        }
        return next;
    }

    /** Whether the worker, not an exchange, owns a connection in this state. */
    public boolean isOwnedByWorker() {
        return this != EXCHANGE;
    }
}
