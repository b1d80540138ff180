package dev.pounce.servlet.dispatch;

import dev.pounce.exchange.Exchange;
import dev.pounce.servlet.async.AsyncHost;
import dev.pounce.servlet.async.AsyncProcessing;
import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.BridgeResponse;
import dev.pounce.servlet.http.ListenerAccess;
import dev.pounce.servlet.http.RequestTopics;
import dev.pounce.servlet.http.ResponseServices;
import dev.pounce.servlet.parts.MultipartParts;
import dev.pounce.servlet.security.RequestSecurity;
import dev.pounce.servlet.session.RequestSession;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;

/**
 * What belongs to one request: its façades, what they delegate to, and where its asynchronous
 * processing leads. Used by the thread that acts for the request, but for {@link AsyncHost}.
 */
final class RequestScope implements ResponseServices, AsyncHost {
    private static final Logger LOG = LoggerFactory.getLogger(RequestScope.class);

    private final RequestScopes scopes;
    private final WebContext context;
    private final Exchange exchange;
    private final RequestRunner runner;
    private final AsyncProcessing async;
    private final RequestListening listening;
    private final RequestSession session;
    private final MultipartParts parts;
    private final BridgeRequest request;
    private final BridgeResponse response;
    private Map<String, Object> asyncAttributes = Map.of();
    private PathDispatcher last;
    private volatile PathDispatcher target;
    private int told;
    private boolean closed;

    RequestScope(
            RequestScopes scopes,
            Exchange exchange,
            ServletTable.Match match,
            RequestRunner runner,
            RequestSession session) {
        this.scopes = scopes;
        this.session = session;
        this.context = scopes.context();
        this.exchange = exchange;
        this.runner = runner;
        async = new AsyncProcessing(this, scopes.timers());
        listening = new RequestListening(async, this::wake, context.getClassLoader());
        last = new PathDispatcher(match, exchange.request().rawPath(), null);
        target = last;
        RequestParts source = new RequestParts();
        parts = source.forServlet(match.route().servlet(), scopes.workFolder());
        RequestTopics topics =
                new RequestTopics(
                        session,
                        async,
                        parts,
                        new RequestSecurity(
                                scopes.policy(), exchange.request().field("Authorization")),
                        listening,
                        scopes.attributes());
        request =
                new BridgeRequest(
                        exchange,
                        context,
                        match.route().paths(match.path()),
                        topics,
                        scopes.limits());
        response = new BridgeResponse(exchange, this);
        source.of(request);
        async.of(request, response);
    }

    BridgeRequest request() {
        return request;
    }

    BridgeResponse response() {
        return response;
    }

    AsyncProcessing async() {
        return async;
    }

    /** The servlet of the container's last dispatch. */
    String servletName() {
        return last.match().route().servlet().getName();
    }

    // Listeners

    /** Tells listeners that the request has come. */
    void tellInitialized() {
        List<ServletRequestListener> listeners = context.listeners().requests();
        while (told < listeners.size()) {
            listeners.get(told).requestInitialized(new ServletRequestEvent(context, request));
            told++;
        }
    }

    /** Tells those that heard of the request that it has ended, in reverse order. */
    void tellDestroyed() {
        List<ServletRequestListener> listeners = context.listeners().requests();
        while (told > 0) {
            told--;
            ServletRequestListener listener = listeners.get(told);
            try {
                listener.requestDestroyed(new ServletRequestEvent(context, request));
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("{} failed at a request's end", listener.getClass().getName(), e);
            }
        }
    }

    // Asynchronous processing

    /** The request waits, and no thread with it; a step that was asked for meanwhile is taken. */
    void suspend() {
        async.returned();
        exchange.suspension().suspend();
        listening.returned();
        if (async.isPending()) {
            wake();
        }
    }

    @Override
    public void wake() {
        exchange.suspension().resume(ignored -> runner.resume(this));
    }

    @Override
    public void target(
            @Nullable ServletContext application,
            @Nullable String path,
            @Nullable ServletRequest given) {
        if (application != null && !application.equals(context)) {
            throw new IllegalStateException("a dispatch to another application is not possible");
        }
        if (path != null) {
            target = dispatcher(path);
        } else if (given instanceof HttpServletRequest http) {
            target = dispatcher(withoutContext(http.getRequestURI()));
        } else {
            target = last;
        }
    }

    private PathDispatcher dispatcher(String path) {
        if (context.getRequestDispatcher(path) instanceof PathDispatcher found) {
            return found;
        }
        throw new IllegalArgumentException("the path of a dispatch cannot be read: " + path);
    }

    private String withoutContext(String uri) {
        String prefix = context.getContextPath();
        return uri.startsWith(prefix) ? uri.substring(prefix.length()) : uri;
    }

    /** Dispatches to the target that was asked for. */
    void dispatchAsync() throws IOException, ServletException {
        PathDispatcher to = target;
        last = to;
        listening.dispatched();
        if (asyncAttributes.isEmpty()) {
            asyncAttributes = new HashMap<>();
            PathDispatcher.describe(request.dispatch(), PathDispatcher.ASYNC, asyncAttributes);
        }
        to.async(request, async.handedOnRequest(), async.handedOnResponse(), asyncAttributes);
    }

    @Override
    public void run(Runnable code) {
        Thread thread = Thread.ofVirtual().name("pounce-async").unstarted(code);
        thread.setContextClassLoader(context.getClassLoader());
        thread.start();
    }

    // The response

    @Override
    public @Nullable String charsetOf(Locale locale) {
        return context.charsetOf(locale);
    }

    @Override
    public @Nullable String defaultCharset() {
        return context.getResponseCharacterEncoding();
    }

    @Override
    public String encodeUrl(String url) {
        return session.encode(url);
    }

    @Override
    public void wasReset() {
        session.restoreCookie();
    }

    @Override
    public ListenerAccess listeners() {
        return listening;
    }

    /** No listener is called any more; what they have written is written. */
    void endListening() {
        request.endListening();
        response.endListening();
    }

    @Override
    public Future<?> after(long millis, Runnable callback) {
        return scopes.timers().after(millis, callback);
    }

    /** The request has ended; once. */
    void close() {
        if (!closed) {
            closed = true;
            endListening();
            async.tellCompleted();
            async.close();
            tellDestroyed();
            request.detach();
            response.detach();
            session.end();
            parts.close();
        }
    }
}
