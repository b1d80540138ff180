package dev.pounce.servlet.context;

/** Where an application stands in its life; it only goes forward. */
public enum Phase {
    /** Initializers run: everything may be registered. */
    INITIALIZING,
    /** Listeners hear of the start: everything but context listeners may be registered. */
    STARTING,
    /** Requests are served: nothing may be registered. */
    RUNNING,
    /** The application has ended. */
    STOPPED
}
