package dev.pounce.servlet.dispatch;

import dev.pounce.servlet.context.FilterEntry;
import dev.pounce.servlet.context.ServletEntry;
import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.BridgeResponse;
import dev.pounce.servlet.http.Dispatch;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

import java.io.IOException;

/**
 * Dispatches to a servlet by its name: paths and attributes stay as they are (Servlet
 * specification, section 9.1). Immutable.
 *
 * @param forwarding the filters before it when a request is forwarded
 * @param including those when it is included
 */
record NamedDispatcher(
        ServletEntry servlet,
        RequestScopes application,
        FilterEntry[] forwarding,
        FilterEntry[] including)
        implements RequestDispatcher {

    static NamedDispatcher of(
            ServletEntry servlet, RequestScopes application, FilterTable filters) {
        String name = servlet.getName();
        return new NamedDispatcher(
                servlet,
                application,
                filters.selection(DispatcherType.FORWARD, name).select(null),
                filters.selection(DispatcherType.INCLUDE, name).select(null));
    }

    @Override
    public void forward(ServletRequest request, ServletResponse response)
            throws ServletException, IOException {
        BridgeRequest here = Originals.of(request);
        BridgeResponse target = Originals.of(response);
        Forwarding.prepare(response);
        Dispatching.run(
                here,
                dispatch(here, DispatcherType.FORWARD),
                here.isAsyncSupported(),
                chain(forwarding),
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
        Dispatching.include(
                here, dispatch(here, DispatcherType.INCLUDE), chain(including), request, response);
    }

    private Dispatch dispatch(BridgeRequest here, DispatcherType type) {
        return here.dispatch().as(type, Originals.visits(here).of(application));
    }

    private Chain chain(FilterEntry[] filters) {
        return new Chain(filters, servlet, application.context());
    }
}
