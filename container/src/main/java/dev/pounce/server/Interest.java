package dev.pounce.server;

import org.jspecify.annotations.Nullable;

import java.nio.channels.SelectionKey;

/** Which readiness of a connection its loop is to report. Used by the thread that leads only. */
final class Interest {
    private @Nullable SelectionKey key;

    /** The connection is the loop's from now on. */
    void in(SelectionKey registered) {
        key = registered;
    }

    /** Has an operation's readiness reported. */
    void arm(int operation) {
        SelectionKey registered = key;
        if (registered != null && registered.isValid()) {
            int armed = registered.interestOps();
            if ((armed & operation) == 0) {
                registered.interestOps(armed | operation);
            }
        }
    }

    /** An operation's readiness is not wanted for now: it would be reported again and again. */
    void disarm(int operation) {
        SelectionKey registered = key;
        if (registered != null && registered.isValid()) {
            registered.interestOps(registered.interestOps() & ~operation);
        }
    }
}
