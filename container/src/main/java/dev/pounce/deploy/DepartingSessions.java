package dev.pounce.deploy;

/**
 * The HTTP sessions of a webapp that is being replaced, on their way to its successor. They leave
 * one by one when they are asked for there, and all that are left before the webapp is closed.
 * Thread-safe.
 */
public interface DepartingSessions {

    /** Those of a webapp that has none. */
    DepartingSessions NONE = () -> {};

    /**
     * Serialises all that have not left. Afterwards nothing of the webapp is needed for them, and
     * nothing of it is referred to from here. To be called when its last request has ended.
     */
    void detach();
}
