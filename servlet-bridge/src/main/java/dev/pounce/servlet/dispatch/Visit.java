package dev.pounce.servlet.dispatch;

import dev.pounce.servlet.http.AttributeEvents;
import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.RequestApplication;
import dev.pounce.servlet.session.RequestSession;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.ServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.List;

/**
 * A request's stay in one application: its session there, and who has heard of it. Used by the
 * thread that acts for the request.
 */
final class Visit implements RequestApplication {
    private static final Logger LOG = LoggerFactory.getLogger(Visit.class);

    private final Visits visits;
    private final RequestScopes application;
    private final RequestSession session;
    private @Nullable BridgeRequest shown;
    private int depth;
    private int told;

    Visit(Visits visits, RequestScopes application, RequestSession session) {
        this.visits = visits;
        this.application = application;
        this.session = session;
    }

    Visits visits() {
        return visits;
    }

    RequestScopes application() {
        return application;
    }

    RequestSession session() {
        return session;
    }

    @Override
    public ServletContext context() {
        return application.context();
    }

    @Override
    public RequestSession sessions() {
        return session;
    }

    @Override
    public AttributeEvents attributes() {
        return application.attributes();
    }

    /** The client's request is in this application until its end. */
    void begin(BridgeRequest request) {
        depth++;
        tellInitialized(request);
    }

    /**
     * Runs the chain of a dispatch in this application. A request that comes from another one comes
     * into its scope, and goes out of it when the dispatch returns, or at its end where it is
     * processed asynchronously (Servlet specification, section 11.2).
     */
    void run(BridgeRequest facade, Chain chain, ServletRequest request, ServletResponse response)
            throws IOException, ServletException {
        Visit outer = visits.current();
        if (outer == this) {
            chain.doFilter(request, response);
            return;
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(context().getClassLoader());
        visits.current(this);
        depth++;
        try {
            if (depth == 1) {
                tellInitialized(facade);
            }
            chain.doFilter(request, response);
        } finally {
            depth--;
            if (depth == 0 && !facade.isAsyncActive()) {
                tellDestroyed();
            }
            visits.current(outer);
            thread.setContextClassLoader(before);
        }
    }

    private void tellInitialized(BridgeRequest request) {
        shown = request;
        List<ServletRequestListener> listeners = application.context().listeners().requests();
        while (told < listeners.size()) {
            listeners.get(told).requestInitialized(new ServletRequestEvent(context(), request));
            told++;
        }
    }

    /** Tells those that heard of the request that it has ended, in reverse order. */
    void tellDestroyed() {
        List<ServletRequestListener> listeners = application.context().listeners().requests();
        BridgeRequest request = shown;
        while (told > 0 && request != null) {
            told--;
            ServletRequestListener listener = listeners.get(told);
            try {
                listener.requestDestroyed(new ServletRequestEvent(context(), request));
            } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
                LOG.warn("{} failed at a request's end", listener.getClass().getName(), e);
            }
        }
    }
}
