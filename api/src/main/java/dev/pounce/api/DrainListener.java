package dev.pounce.api;

/** Is told that the server is going to stop, or the application alone. */
@FunctionalInterface
public interface DrainListener {

    /**
     * The drain has begun: the server takes no new connections from now on, waits for what is in
     * flight, at most {@code timeouts.shutdown}, and then stops. Or, for a listener of an
     * application: it is being replaced or undeployed, and its requests are waited for, at most
     * {@code timeouts.undeploy}. Whatever would go on for ever, such as an event stream, is to be
     * ended. Called once, by a thread of the server, which should not be kept; what is thrown is
     * logged.
     */
    void drainBegun();
}
