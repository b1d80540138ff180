package dev.pounce.exchange;

/** What goes on with a connection that speaks HTTP no longer (RFC 9110 section 7.8). */
@FunctionalInterface
public interface Upgrade {

    /**
     * Begins to speak the other protocol, when the 101 response is on its way. Called once, on a
     * virtual thread. The connection stays open when this returns: it ends with {@link
     * UpgradedConnection#close}, with its client, or with the server.
     *
     * @throws Exception the connection is reset then
     */
    void begin(UpgradedConnection connection) throws Exception;

    /** The connection has ended, and {@link #begin} has returned. Called once, on any thread. */
    default void ended() {}
}
