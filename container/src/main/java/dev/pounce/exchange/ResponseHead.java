package dev.pounce.exchange;

import dev.pounce.protocol.ResponseFields;

import org.jspecify.annotations.Nullable;

/** What a sink needs to know of a response's head; the sink adds what its framing needs. */
public interface ResponseHead {

    /** The status, 200 to 599. */
    int status();

    /** The fields, without those that frame the message. */
    ResponseFields fields();

    /** The Server-Timing value for this head, or null. */
    @Nullable String serverTiming();

    /** The request's identifier for this head, or null. */
    @Nullable String requestId();

    /** Whether the application asked for the connection's end after this response. */
    boolean closes();
}
