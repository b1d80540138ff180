package dev.pounce.servlet.http;

import jakarta.servlet.DispatcherType;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * How a request came to the servlet that handles it now; a dispatch replaces it for a while
 * (Servlet specification, chapter 9).
 *
 * @param type the way
 * @param paths the parts of the path
 * @param requestUri the path as it was sent, not decoded
 * @param queryString the query as it was sent, or null
 * @param method the method that the servlet sees, or null for the client's
 * @param addedQuery the query of the dispatch and of those around it, whose parameters come before
 *     the client's, or null
 * @param attributes attributes that the request has during the dispatch only
 */
public record Dispatch(
        DispatcherType type,
        RequestPaths paths,
        String requestUri,
        @Nullable String queryString,
        @Nullable String method,
        @Nullable String addedQuery,
        Map<String, Object> attributes) {

    /** The way of the client's own request. */
    static Dispatch ofClient(RequestPaths paths, String requestUri, @Nullable String queryString) {
        return new Dispatch(
                DispatcherType.REQUEST, paths, requestUri, queryString, null, null, Map.of());
    }

    /** The same with another type. */
    public Dispatch withType(DispatcherType other) {
        return new Dispatch(other, paths, requestUri, queryString, method, addedQuery, attributes);
    }
}
