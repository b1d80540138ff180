package dev.pounce.servlet.http;

import dev.pounce.servlet.io.Callbacks;

import java.io.IOException;

/** Where the listeners of a request's streams are called. Thread-safe. */
public interface ListenerAccess {

    /**
     * Says whether a listener may be set now.
     *
     * @throws IllegalStateException when the request is not processed asynchronously
     */
    void check();

    /** Calls them. */
    Callbacks callbacks();

    /** Begins what calls a listener, when the dispatch that is under way has returned. */
    void begin(Runnable pump);

    /** A listener was told of a failure; the request ends. */
    void failed(Throwable failure);

    /** An application that may be anywhere has found out that its client is gone. */
    void lost(IOException why);
}
