package dev.pounce.servlet.dispatch;

import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.BridgeResponse;
import dev.pounce.servlet.http.Dispatch;
import dev.pounce.servlet.http.RequestPaths;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Dispatches to what answers a path of the same application (Servlet specification, chapter 9).
 * Immutable.
 *
 * @param match what answers, and the path
 * @param requestUri the path as a client would send it
 * @param query the query of the dispatch, or null
 */
record PathDispatcher(ServletTable.Match match, String requestUri, @Nullable String query)
        implements RequestDispatcher {
    private static final String INCLUDE_PREFIX = "jakarta.servlet.include.";
    private static final String FORWARD = "jakarta.servlet.forward.";

    /**
     * Begins the names of the attributes that describe where an asynchronous dispatch came from.
     */
    static final String ASYNC = "jakarta.servlet.async.";

    @Override
    public void forward(ServletRequest request, ServletResponse response)
            throws ServletException, IOException {
        BridgeRequest original = Originals.of(request);
        Forwarding.prepare(response);
        Dispatch before = original.dispatch();
        Dispatch forwarded =
                redirected(
                        before, DispatcherType.FORWARD, before.method(), forwardAttributes(before));
        run(original, forwarded, request, response);
        if (!original.isAsyncActive()) {
            Forwarding.complete(response, Originals.of(response));
        }
    }

    @Override
    public void include(ServletRequest request, ServletResponse response)
            throws ServletException, IOException {
        BridgeRequest original = Originals.of(request);
        BridgeResponse target = Originals.of(response);
        Dispatch before = original.dispatch();
        Dispatch included =
                new Dispatch(
                        DispatcherType.INCLUDE,
                        before.paths(),
                        before.requestUri(),
                        before.queryString(),
                        before.method(),
                        addedQuery(before),
                        includeAttributes(before));
        target.beginInclude();
        try {
            run(original, included, request, response);
        } finally {
            target.endInclude();
        }
    }

    /**
     * Dispatches to an error page; it sees a GET (Servlet specification, section 10.9.1).
     *
     * @param attributes what it is told of the error
     */
    void error(BridgeRequest request, BridgeResponse response, Map<String, Object> attributes)
            throws ServletException, IOException {
        Dispatch before = request.dispatch();
        Map<String, Object> all = new HashMap<>(before.attributes());
        all.putAll(attributes);
        String method =
                before.method() == null && request.getMethod().equals("HEAD") ? null : "GET";
        run(request, redirected(before, DispatcherType.ERROR, method, all), request, response);
    }

    /**
     * Dispatches what was handed on asynchronously.
     *
     * @param attributes where the request came from
     */
    void async(
            BridgeRequest original,
            ServletRequest request,
            ServletResponse response,
            Map<String, Object> attributes)
            throws ServletException, IOException {
        Dispatch before = original.dispatch();
        original.asyncSupported(true);
        run(
                original,
                redirected(before, DispatcherType.ASYNC, before.method(), attributes),
                request,
                response);
    }

    private Dispatch redirected(
            Dispatch before,
            DispatcherType type,
            @Nullable String method,
            Map<String, Object> attributes) {
        return new Dispatch(
                type,
                paths(),
                requestUri,
                query != null ? query : before.queryString(),
                method,
                addedQuery(before),
                attributes);
    }

    private RequestPaths paths() {
        return match.route().paths(match.path());
    }

    private @Nullable String addedQuery(Dispatch before) {
        String outer = before.addedQuery();
        return query == null ? outer : outer == null ? query : query + "&" + outer;
    }

    private void run(
            BridgeRequest original,
            Dispatch dispatch,
            ServletRequest request,
            ServletResponse response)
            throws ServletException, IOException {
        Dispatch before = original.dispatch();
        boolean asyncBefore = original.isAsyncSupported();
        Chain chain = match.route().chain(dispatch.type(), match.path());
        original.dispatch(dispatch);
        original.asyncSupported(asyncBefore && chain.isAsyncSupported());
        try {
            chain.doFilter(request, response);
        } finally {
            original.dispatch(before);
            original.asyncSupported(asyncBefore);
        }
    }

    /** Those of the first forward stay (Servlet specification, section 9.4.2). */
    private static Map<String, Object> forwardAttributes(Dispatch before) {
        Map<String, Object> attributes = new HashMap<>(before.attributes());
        attributes.keySet().removeIf(name -> name.startsWith(INCLUDE_PREFIX));
        if (!attributes.containsKey(FORWARD_REQUEST_URI)) {
            describe(before, FORWARD, attributes);
        }
        return attributes;
    }

    /** Puts where a request came from into attributes. */
    static void describe(Dispatch before, String prefix, Map<String, Object> attributes) {
        describe(before.paths(), before.requestUri(), before.queryString(), prefix, attributes);
    }

    private static void describe(
            RequestPaths paths,
            String requestUri,
            @Nullable String query,
            String prefix,
            Map<String, Object> attributes) {
        attributes.put(prefix + "request_uri", requestUri);
        attributes.put(prefix + "context_path", paths.contextPath());
        attributes.put(prefix + "servlet_path", paths.servletPath());
        attributes.put(prefix + "mapping", paths.mapping());
        if (paths.pathInfo() != null) {
            attributes.put(prefix + "path_info", paths.pathInfo());
        }
        if (query != null) {
            attributes.put(prefix + "query_string", query);
        }
    }

    private Map<String, Object> includeAttributes(Dispatch before) {
        Map<String, Object> attributes = new HashMap<>(before.attributes());
        attributes.keySet().removeIf(name -> name.startsWith(INCLUDE_PREFIX));
        describe(paths(), requestUri, query, INCLUDE_PREFIX, attributes);
        return attributes;
    }
}
