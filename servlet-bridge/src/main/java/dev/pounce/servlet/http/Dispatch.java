package dev.pounce.servlet.http;

import jakarta.servlet.DispatcherType;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * How a request came to the servlet that handles it (Servlet specification, chapter 9).
 *
 * @param type the way
 * @param application the application of that servlet
 * @param paths the parts of the path that the servlet sees
 * @param target the parts of the path that was dispatched to; others than {@code paths} where
 *     something is included
 * @param requestUri the path as it was sent, not decoded
 * @param queryString the query as it was sent, or null
 * @param method the method that the servlet sees, or null for the client's
 * @param addedQuery the query of the dispatch and of those around it, whose parameters come before
 *     the client's, or null
 * @param attributes attributes that the request has in this dispatch only; an application may
 *     change those that are there
 */
public record Dispatch(
        DispatcherType type,
        RequestApplication application,
        RequestPaths paths,
        RequestPaths target,
        String requestUri,
        @Nullable String queryString,
        @Nullable String method,
        @Nullable String addedQuery,
        Map<String, Object> attributes) {

    /** The way of the client's own request. */
    static Dispatch ofClient(
            RequestApplication application,
            RequestPaths paths,
            String requestUri,
            @Nullable String queryString) {
        return new Dispatch(
                DispatcherType.REQUEST,
                application,
                paths,
                paths,
                requestUri,
                queryString,
                null,
                null,
                Map.of());
    }

    /** The same by another way, perhaps in another application. */
    public Dispatch as(DispatcherType other, RequestApplication where) {
        return new Dispatch(
                other,
                where,
                paths,
                target,
                requestUri,
                queryString,
                method,
                addedQuery,
                attributes);
    }

    /** The same with another method for the servlet to see, or null for the client's. */
    public Dispatch withMethod(@Nullable String other) {
        return new Dispatch(
                type,
                application,
                paths,
                target,
                requestUri,
                queryString,
                other,
                addedQuery,
                attributes);
    }
}
