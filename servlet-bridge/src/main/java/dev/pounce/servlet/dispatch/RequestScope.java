package dev.pounce.servlet.dispatch;

import dev.pounce.exchange.Exchange;
import dev.pounce.servlet.async.AsyncHost;
import dev.pounce.servlet.async.AsyncProcessing;
import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.BridgeResponse;
import dev.pounce.servlet.http.ListenerAccess;
import dev.pounce.servlet.http.RequestCookies;
import dev.pounce.servlet.http.RequestTopics;
import dev.pounce.servlet.http.ResponseServices;
import dev.pounce.servlet.parts.MultipartParts;
import dev.pounce.servlet.security.RequestSecurity;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;

/**
 * What belongs to one request: its façades, what they delegate to, and where its asynchronous
 * processing leads. Used by the thread that acts for the request, but for {@link AsyncHost}.
 */
final class RequestScope implements ResponseServices, AsyncHost {
    private final RequestScopes scopes;
    private final Exchange exchange;
    private final RequestRunner runner;
    private final AsyncProcessing async;
    private final RequestListening listening;
    private final Visits visits;
    private final MultipartParts parts;
    private final RequestSecurity security;
    private final BridgeRequest request;
    private final BridgeResponse response;
    private Map<String, Object> asyncAttributes = Map.of();
    private PathDispatcher last;
    private volatile PathDispatcher target;
    private volatile boolean closed;
    private volatile @Nullable CountDownLatch stopping;

    RequestScope(
            RequestScopes scopes,
            Exchange exchange,
            ServletTable.Match match,
            RequestRunner runner) {
        this.scopes = scopes;
        this.exchange = exchange;
        this.runner = runner;
        async = new AsyncProcessing(this, scopes.timers());
        listening = new RequestListening(async, this::wake);
        last = new PathDispatcher(match, exchange.request().rawPath(), null);
        target = last;
        RequestCookies cookies = new RequestCookies(exchange);
        visits = new Visits(exchange, cookies, scopes);
        RequestParts source = new RequestParts();
        parts = source.forServlet(match.route().servlet(), scopes);
        security = new RequestSecurity(scopes.policy(), visits.own().sessions());
        RequestTopics topics = new RequestTopics(async, parts, security, listening);
        request =
                new BridgeRequest(
                        exchange,
                        visits.own(),
                        match.route().paths(match.path()),
                        topics,
                        cookies,
                        scopes.limits());
        response = new BridgeResponse(exchange, this);
        source.of(request);
        security.of(request);
        async.of(request, response);
    }

    BridgeRequest request() {
        return request;
    }

    BridgeResponse response() {
        return response;
    }

    RequestSecurity security() {
        return security;
    }

    AsyncProcessing async() {
        return async;
    }

    /** The servlet of the container's last dispatch. */
    String servletName() {
        return last.match().route().servlet().getName();
    }

    /** Answers what fails in the container's last dispatch. */
    Failures failures() {
        return last.match().route().failures();
    }

    // Listeners

    /** Tells listeners that the request has come. */
    void tellInitialized() {
        visits.own().begin(request);
    }

    /** Tells those that heard of the request that it has ended. */
    void tellDestroyed() {
        visits.tellDestroyed();
    }

    // Asynchronous processing

    /** The request waits, and no thread with it; a step that was asked for meanwhile is taken. */
    void suspend() {
        visits.applications().forEach(each -> each.suspended(this));
        async.returned();
        exchange.suspension().suspend();
        listening.returned();
        if (async.isPending()) {
            wake();
        }
    }

    /** A thread acts for the request again. */
    void resumed() {
        visits.applications().forEach(each -> each.resumed(this));
    }

    /** Not while another thread of the application writes: what both take from is left behind. */
    @Override
    public void standAlone() {
        response.alter(exchange.suspension()::standAlone);
    }

    @Override
    public void wake() {
        exchange.suspension().resume(ignored -> runner.resume(this));
    }

    @Override
    public void target(
            ServletContext application, @Nullable String path, @Nullable ServletRequest given) {
        if (path != null) {
            target = dispatcher(application.getRequestDispatcher(path), path);
        } else if (given instanceof HttpServletRequest http) {
            String uri = http.getRequestURI();
            target = dispatcher(((WebContext) application).dispatcherOfUri(uri), uri);
        } else {
            target = last;
        }
    }

    private static PathDispatcher dispatcher(@Nullable RequestDispatcher found, String path) {
        if (found instanceof PathDispatcher dispatcher) {
            return dispatcher;
        }
        throw new IllegalArgumentException(
                "a dispatch to " + path + ": the path cannot be read, or leads nowhere");
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
        to.async(async.handedOnRequest(), async.handedOnResponse(), new HashMap<>(asyncAttributes));
    }

    @Override
    public void run(ServletContext application, Runnable code) {
        Thread thread = Thread.ofVirtual().name("pounce-async").unstarted(code);
        thread.setContextClassLoader(application.getClassLoader());
        thread.start();
    }

    // The response

    @Override
    public @Nullable String charsetOf(Locale locale) {
        return visits.current().application().context().charsetOf(locale);
    }

    @Override
    public @Nullable String defaultCharset() {
        return visits.current().context().getResponseCharacterEncoding();
    }

    @Override
    public String encodeUrl(String url) {
        return visits.current().session().encode(url);
    }

    @Override
    public boolean sendsRelativeRedirects() {
        return scopes.settings().relativeRedirects();
    }

    @Override
    public void wasReset() {
        visits.restoreCookies();
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

    /** The callback is another thread, which acts for the exchange. */
    @Override
    public Future<?> after(long millis, Runnable callback) {
        standAlone();
        return scopes.timers().after(millis, callback);
    }

    /**
     * Ends the request if it waits, for its application stops. Any thread.
     *
     * @return opened when the request has ended
     */
    CountDownLatch stop() {
        CountDownLatch ended = new CountDownLatch(1);
        stopping = ended;
        if (closed) {
            ended.countDown();
        }
        async.lose(new UnavailableException("the application is being stopped", 1));
        return ended;
    }

    /** The request has ended; once. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        endListening();
        async.tellCompleted();
        async.close();
        tellDestroyed();
        request.detach();
        response.detach();
        visits.end();
        parts.close();
        CountDownLatch ended = stopping;
        if (ended != null) {
            ended.countDown();
        }
    }
}
