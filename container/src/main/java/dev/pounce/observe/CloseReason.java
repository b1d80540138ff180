package dev.pounce.observe;

/** Why a connection was closed. */
public enum CloseReason {
    /** The client closed or reset it. */
    CLIENT,
    /** A response was the last one: the client or the application wanted that, or a limit. */
    LAST_RESPONSE,
    /** What came was no request that can be served, or did not come in time. */
    REFUSED_REQUEST,
    /** There were too many connections. */
    CONNECTION_LIMIT,
    /** No request came in time. */
    IDLE,
    /** It was idle when a new connection needed its place. */
    GAVE_WAY,
    /** The client took nothing of a response in time. */
    WRITE_TIMEOUT,
    /** A response could not be ended: the connection was reset so that it does not look whole. */
    ABORTED,
    /** The server drains or stops. */
    SHUTDOWN,
    /** A failure of the server's own code. */
    FAILURE
}
