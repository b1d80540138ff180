package dev.pounce.servlet.dispatch;

import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.Dispatch;
import dev.pounce.servlet.http.IncludedResponse;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/**
 * Runs the chain of a dispatch, to which the request is shown by a façade of its own. Where an
 * application has put wrappers around the request, the façade takes the place of the innermost
 * one's request, until the dispatch returns, or for good where asynchronous processing began in it.
 */
final class Dispatching {
    private Dispatching() {}

    /**
     * Runs a chain.
     *
     * @param before the façade that was dispatched
     * @param dispatch what the chain is to see
     * @param asyncSupported whether what is around the dispatch supports asynchronous processing
     * @param request {@code before}, or wrappers around it
     */
    static void run(
            BridgeRequest before,
            Dispatch dispatch,
            boolean asyncSupported,
            Chain chain,
            ServletRequest request,
            ServletResponse response)
            throws IOException, ServletException {
        Visit there = (Visit) dispatch.application();
        BridgeRequest facade =
                before.dispatched(dispatch, asyncSupported && chain.isAsyncSupported());
        ServletRequestWrapper wrapper = innermost(request);
        if (wrapper == null) {
            there.run(facade, chain, facade, response);
            return;
        }
        boolean active = before.isAsyncActive();
        wrapper.setRequest(facade);
        try {
            there.run(facade, chain, request, response);
        } finally {
            if (active || !before.isAsyncActive()) {
                wrapper.setRequest(before);
            }
        }
    }

    /** The same for an include: what the chain does to the response's head has no effect. */
    static void include(
            BridgeRequest before,
            Dispatch dispatch,
            Chain chain,
            ServletRequest request,
            ServletResponse response)
            throws IOException, ServletException {
        boolean async = before.isAsyncSupported();
        @Nullable ServletResponseWrapper wrapper = null;
        ServletResponse inner = response;
        while (inner instanceof ServletResponseWrapper each
                && !(each instanceof IncludedResponse)) {
            wrapper = each;
            inner = each.getResponse();
        }
        ServletResponse included =
                inner instanceof IncludedResponse
                        ? inner
                        : new IncludedResponse((HttpServletResponse) inner);
        if (wrapper == null) {
            run(before, dispatch, async, chain, request, included);
            return;
        }
        boolean active = before.isAsyncActive();
        wrapper.setResponse(included);
        try {
            run(before, dispatch, async, chain, request, response);
        } finally {
            if (active || !before.isAsyncActive()) {
                wrapper.setResponse(inner);
            }
        }
    }

    private static @Nullable ServletRequestWrapper innermost(ServletRequest request) {
        @Nullable ServletRequestWrapper wrapper = null;
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper each) {
            wrapper = each;
            inner = each.getRequest();
        }
        return wrapper;
    }
}
