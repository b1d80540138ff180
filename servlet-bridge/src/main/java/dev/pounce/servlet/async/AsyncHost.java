package dev.pounce.servlet.async;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;

import org.jspecify.annotations.Nullable;

/** What asynchronous processing needs of the request that it belongs to. */
public interface AsyncHost {

    /** Other threads than the one that answers may act for the request from now on. */
    void standAlone();

    /** Somebody has said how it goes on: a thread has to act for the request. Any thread. */
    void wake();

    /**
     * Checks the target of a dispatch, and remembers it.
     *
     * @param application where the path leads
     * @param path relative to the application, or null for the path of the last dispatch
     * @param request the request that is handed on, or null for the original one
     */
    void target(
            ServletContext application, @Nullable String path, @Nullable ServletRequest request);

    /** Runs code of an application on a thread that may wait. */
    void run(ServletContext application, Runnable code);
}
