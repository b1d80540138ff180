package dev.pounce.api;

/**
 * The end of a server's work, or of the application's alone, as an application sees it: what has
 * come is answered, and nothing new comes. Thread-safe.
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

    /** Whether the drain has begun; it does not end but with the server, or the application. */
    boolean hasBegun();

    /**
     * Adds a listener, which is called once when the drain begins, or by this call when it has
     * begun. An application's listeners are forgotten when it is undeployed.
     */
    void addListener(DrainListener listener);

    /** Takes a listener back. */
    void removeListener(DrainListener listener);
}
