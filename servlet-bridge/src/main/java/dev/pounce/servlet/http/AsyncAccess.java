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

    /** Whether it has begun. */
    boolean isStarted();

    /** Whether the request goes on when the dispatch that is under way has returned. */
    boolean isActive();

    /** The context that was started. */
    AsyncContext context();
}
