package dev.pounce.servlet.http;

import jakarta.servlet.DispatcherType;

import org.jspecify.annotations.Nullable;

/**
 * How a request came to the servlet that handles it now; a forward replaces it for a while.
 *
 * @param type the way
 * @param paths the parts of the path
 * @param requestUri the path as it was sent, not decoded
 * @param queryString the query as it was sent, or null
 */
public record Dispatch(
        DispatcherType type, RequestPaths paths, String requestUri, @Nullable String queryString) {}
