package dev.pounce.servlet.dispatch;

import dev.pounce.servlet.context.ServletEntry;
import dev.pounce.servlet.context.WebContext;
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
 */
record NamedDispatcher(ServletEntry servlet, WebContext context, FilterTable filters)
        implements RequestDispatcher {

    @Override
    public void forward(ServletRequest request, ServletResponse response)
            throws ServletException, IOException {
        Forwarding.prepare(response);
        run(DispatcherType.FORWARD, request, response);
        if (!Originals.of(request).isAsyncActive()) {
            Forwarding.complete(response, Originals.of(response));
        }
    }

    @Override
    public void include(ServletRequest request, ServletResponse response)
            throws ServletException, IOException {
        BridgeResponse target = Originals.of(response);
        target.beginInclude();
        try {
            run(DispatcherType.INCLUDE, request, response);
        } finally {
            target.endInclude();
        }
    }

    private void run(DispatcherType type, ServletRequest request, ServletResponse response)
            throws ServletException, IOException {
        BridgeRequest original = Originals.of(request);
        Dispatch before = original.dispatch();
        original.dispatch(before.withType(type));
        try {
            FilterSelection selection = filters.selection(type, servlet.getName());
            new Chain(selection.select(null), servlet, context).doFilter(request, response);
        } finally {
            original.dispatch(before);
        }
    }
}
