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
 * Dispatches to what answers a path of an application, the request's own or another one (Servlet
 * specification, chapter 9). Immutable.
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
        BridgeRequest here = Originals.of(request);
        BridgeResponse target = Originals.of(response);
        Forwarding.prepare(response);
        Dispatch before = here.dispatch();
        run(
                here,
                redirected(here, DispatcherType.FORWARD, before.method(), forwarded(before)),
                here.isAsyncSupported(),
                request,
                response);
        if (!here.isAsyncActive()) {
            Forwarding.complete(response, target);
        }
    }

    @Override
    public void include(ServletRequest request, ServletResponse response)
            throws ServletException, IOException {
        BridgeRequest here = Originals.of(request);
        Originals.of(response);
        Dispatch before = here.dispatch();
        Dispatch included =
                new Dispatch(
                        DispatcherType.INCLUDE,
                        there(here),
                        before.paths(),
                        paths(),
                        before.requestUri(),
                        before.queryString(),
                        before.method(),
                        addedQuery(before),
                        included(before));
        Dispatching.include(here, included, chain(DispatcherType.INCLUDE), request, response);
    }

    /**
     * Dispatches to an error page, which sees a GET and where the request came from (Servlet
     * specification, sections 10.9.1 and 10.9.2).
     */
    void error(BridgeRequest request, BridgeResponse response)
            throws ServletException, IOException {
        run(
                request,
                redirected(request, DispatcherType.ERROR, "GET", forwarded(request.dispatch())),
                request.isAsyncSupported(),
                request,
                response);
    }

    /**
     * Dispatches what was handed on asynchronously.
     *
     * @param attributes where the request came from
     */
    void async(ServletRequest request, ServletResponse response, Map<String, Object> attributes)
            throws ServletException, IOException {
        BridgeRequest here = Originals.of(request);
        Originals.of(response);
        run(
                here,
                redirected(here, DispatcherType.ASYNC, here.dispatch().method(), attributes),
                true,
                request,
                response);
    }

    private Dispatch redirected(
            BridgeRequest here,
            DispatcherType type,
            @Nullable String method,
            Map<String, Object> attributes) {
        Dispatch before = here.dispatch();
        return new Dispatch(
                type,
                there(here),
                paths(),
                paths(),
                requestUri,
                query != null ? query : before.queryString(),
                method,
                addedQuery(before),
                attributes);
    }

    private Visit there(BridgeRequest here) {
        return Originals.visits(here).of(match.route().application());
    }

    private RequestPaths paths() {
        return match.route().paths(match.path());
    }

    private @Nullable String addedQuery(Dispatch before) {
        String outer = before.addedQuery();
        return query == null ? outer : outer == null ? query : query + "&" + outer;
    }

    private Chain chain(DispatcherType type) {
        return match.route().chain(type, match.path());
    }

    private void run(
            BridgeRequest here,
            Dispatch dispatch,
            boolean asyncSupported,
            ServletRequest request,
            ServletResponse response)
            throws ServletException, IOException {
        Dispatching.run(here, dispatch, asyncSupported, chain(dispatch.type()), request, response);
    }

    /** Those of the first forward stay (Servlet specification, section 9.4.2). */
    private static Map<String, Object> forwarded(Dispatch before) {
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

    private Map<String, Object> included(Dispatch before) {
        Map<String, Object> attributes = new HashMap<>(before.attributes());
        attributes.keySet().removeIf(name -> name.startsWith(INCLUDE_PREFIX));
        describe(paths(), requestUri, query, INCLUDE_PREFIX, attributes);
        return attributes;
    }
}
