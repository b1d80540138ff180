package dev.pounce.observe;

import java.net.InetSocketAddress;
import java.time.Duration;

/** What happens to connections and requests, as values. */
public sealed interface LifecycleEvent {

    /** The connection's number, which no other of this server has. */
    long connection();

    /**
     * A connection was accepted.
     *
     * @param worker the number of the worker that owns it
     */
    record ConnectionOpened(long connection, InetSocketAddress remote, int worker)
            implements LifecycleEvent {}

    /** A connection was closed. */
    record ConnectionClosed(long connection, CloseReason reason) implements LifecycleEvent {}

    /**
     * A request begins to be answered.
     *
     * @param method empty where it could not be read
     * @param target as it was sent; empty where it could not be read
     */
    record RequestStarted(long connection, String requestId, String method, String target)
            implements LifecycleEvent {}

    /** A response was committed before it was whole. */
    record StreamOpened(long connection, String requestId, int status) implements LifecycleEvent {}

    /**
     * A response for which there was a {@link StreamOpened} has ended, one way or the other.
     *
     * @param duration since it was opened
     */
    record StreamClosed(long connection, String requestId, Duration duration)
            implements LifecycleEvent {}

    /** The client went before it had the whole response; {@link ResponseCompleted} follows. */
    record ClientDisconnected(long connection, String requestId) implements LifecycleEvent {}

    /**
     * An exchange is over.
     *
     * @param status what the client was told; 499 when it had gone, 0 when it was told nothing
     * @param written bytes of content before coding
     * @param sent bytes of content after coding
     * @param duration since the request was received
     * @param aborted whether the response ended without being whole
     */
    record ResponseCompleted(
            long connection,
            String requestId,
            int status,
            long written,
            long sent,
            Duration duration,
            boolean aborted)
            implements LifecycleEvent {}
}
