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
        Forwarding.complete(response, Originals.of(response));
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
        original.dispatch(dispatch);
        try {
            match.route().chain(dispatch.type(), match.path()).doFilter(request, response);
        } finally {
            original.dispatch(before);
        }
    }

    /** Those of the first forward stay (Servlet specification, section 9.4.2). */
    private static Map<String, Object> forwardAttributes(Dispatch before) {
        Map<String, Object> attributes = new HashMap<>(before.attributes());
        attributes.keySet().removeIf(name -> name.startsWith(INCLUDE_PREFIX));
        if (attributes.containsKey(FORWARD_REQUEST_URI)) {
            return attributes;
        }
        RequestPaths paths = before.paths();
        attributes.put(FORWARD_REQUEST_URI, before.requestUri());
        attributes.put(FORWARD_CONTEXT_PATH, paths.contextPath());
        attributes.put(FORWARD_SERVLET_PATH, paths.servletPath());
        attributes.put(FORWARD_MAPPING, paths.mapping());
        putIfKnown(attributes, FORWARD_PATH_INFO, paths.pathInfo());
        putIfKnown(attributes, FORWARD_QUERY_STRING, before.queryString());
        return attributes;
    }

    private Map<String, Object> includeAttributes(Dispatch before) {
        Map<String, Object> attributes = new HashMap<>(before.attributes());
        attributes.keySet().removeIf(name -> name.startsWith(INCLUDE_PREFIX));
        RequestPaths paths = paths();
        attributes.put(INCLUDE_REQUEST_URI, requestUri);
        attributes.put(INCLUDE_CONTEXT_PATH, paths.contextPath());
        attributes.put(INCLUDE_SERVLET_PATH, paths.servletPath());
        attributes.put(INCLUDE_MAPPING, paths.mapping());
        putIfKnown(attributes, INCLUDE_PATH_INFO, paths.pathInfo());
        putIfKnown(attributes, INCLUDE_QUERY_STRING, query);
        return attributes;
    }

    private static void putIfKnown(
            Map<String, Object> attributes, String name, @Nullable String value) {
        if (value != null) {
            attributes.put(name, value);
        }
    }
}
