package dev.pounce.api;

/**
 * The end of a server's work, as an application sees it: the server answers what it has, and takes
 * nothing new. Thread-safe.
 *
 * <p>A servlet finds it as an attribute of its context:
 *
 * <pre>{@code
 * Drain drain = (Drain) getServletContext().getAttribute(Drain.ATTRIBUTE);
 * while (!drain.hasBegun()) {
 *     ... // the next event
 * }
 * }</pre>
 */
public interface Drain {

    /** The name of the attribute of a {@code ServletContext} that has this object. */
    String ATTRIBUTE = "dev.pounce.api.Drain";

    /** Whether the drain has begun; it does not end but with the server. */
    boolean hasBegun();

    /**
     * Adds a listener, which is called once when the drain begins, or by this call when it has
     * begun. An application's listeners are forgotten when it is undeployed.
     */
    void addListener(DrainListener listener);

    /** Takes a listener back. */
    void removeListener(DrainListener listener);
}
