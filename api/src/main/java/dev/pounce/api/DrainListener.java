package dev.pounce.api;

/** Is told that the server is going to stop. */
@FunctionalInterface
public interface DrainListener {

    /**
     * The drain has begun: the server takes no new connections from now on, waits for what is in
     * flight, at most {@code timeouts.shutdown}, and then stops. Whatever would go on for ever,
     * such as an event stream, is to be ended. Called once, by a thread of the server, which should
     * not be kept; what is thrown is logged.
     */
    void drainBegun();
}
