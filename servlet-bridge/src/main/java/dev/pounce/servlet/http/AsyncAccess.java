package dev.pounce.servlet.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

import org.jspecify.annotations.Nullable;

/** Asynchronous processing of one request; methods mean what those of ServletRequest mean. */
public interface AsyncAccess {

    /**
     * Begins it.
     *
     * @param application the one that asks
     * @param request what to hand on, or null for the original one
     * @param response what to hand on, or null for the original one
     */
    AsyncContext start(
            ServletContext application,
            @Nullable ServletRequest request,
            @Nullable ServletResponse response);

    /**
     * Other threads than the one that answers may act for the request from now on: it has for
     * itself all that it is answered with.
     */
    void standAlone();

    /** Whether it has begun. */
    boolean isStarted();

    /** Whether the request goes on when the dispatch that is under way has returned. */
    boolean isActive();

    /** The context that was started. */
    AsyncContext context();
}
