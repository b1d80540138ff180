package dev.pounce.servlet.dispatch;

import dev.pounce.exchange.Exchange;
import dev.pounce.files.ClosedPaths;
import dev.pounce.servlet.async.AsyncProcessing;
import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.http.BridgeResponse;
import dev.pounce.servlet.security.RouteGuard;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Objects;

/**
 * The life of a request in an application: request, response and session are made, listeners hear
 * of it, filters and servlet answer, errors get their pages, and what was started asynchronously
 * goes on when it is time. Thread-safe; for one request one thread acts at a time.
 */
final class RequestRunner {
    private final WebContext context;
    private final RequestScopes scopes;
    private @Nullable ServletTable table;
    private @Nullable Failures failures;

    /** One dispatch by the container. */
    @FunctionalInterface
    private interface ContainerDispatch {
        void run() throws IOException, ServletException;
    }

    @FunctionalInterface
    private interface Act {
        void run() throws Exception;
    }

    RequestRunner(WebContext context, RequestScopes scopes) {
        this.context = context;
        this.scopes = scopes;
    }

    RequestScopes scopes() {
        return scopes;
    }

    /** Gives what could only be made with the runner; before the first request. */
    void complete(ServletTable compiled, Failures made) {
        table = compiled;
        failures = made;
    }

    /**
     * Answers an exchange.
     *
     * @param path decoded, normalised and relative to the context path
     * @param matched what answers it, unless a welcome file does
     * @throws Exception what cannot be answered by the application any more
     */
    void run(Exchange exchange, String path, ServletRoute matched) throws Exception {
        ServletTable.Match match =
                matched.isDefault()
                        ? Objects.requireNonNull(table).resolve(matched, path)
                        : new ServletTable.Match(matched, path);
        RequestScope scope = scopes.begin(exchange, match, this);
        act(scope, () -> begin(scope, path, matched, match));
    }

    private void begin(
            RequestScope scope, String path, ServletRoute matched, ServletTable.Match match)
            throws Exception {
        dispatch(
                scope,
                match.route().servlet().getName(),
                () -> {
                    scope.tellInitialized();
                    if (ClosedPaths.areForClients(path)) {
                        scope.response().sendError(404);
                    } else if (admits(scope, path, matched, match)) {
                        Chain chain = match.route().chain(DispatcherType.REQUEST, match.path());
                        scope.request().asyncSupported(chain.isAsyncSupported());
                        chain.doFilter(scope.request(), scope.response());
                    }
                });
        proceed(scope);
    }

    /** A welcome file is asked for under two paths, and has to be allowed under both. */
    private static boolean admits(
            RequestScope scope, String path, ServletRoute matched, ServletTable.Match match)
            throws IOException, ServletException {
        return admits(scope, path, matched)
                && (path.equals(match.path()) || admits(scope, match.path(), match.route()));
    }

    private static boolean admits(RequestScope scope, String path, ServletRoute route)
            throws IOException, ServletException {
        RouteGuard guard = route.guard();
        return guard == null
                || guard.admits(path, scope.request(), scope.response(), scope.security());
    }

    /** Goes on with a request that was suspended. */
    void resume(RequestScope scope) throws Exception {
        scope.resumed();
        act(scope, () -> proceed(scope));
    }

    /** Acts for the application; a request that cannot be answered any more ends here. */
    private void act(RequestScope scope, Act act) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(context.getClassLoader());
        try {
            act.run();
        } catch (Throwable e) {
            scope.close();
            throw e;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void dispatch(RequestScope scope, String servletName, ContainerDispatch dispatch)
            throws Exception {
        AsyncProcessing async = scope.async();
        try {
            dispatch.run();
        } catch (Throwable thrown) {
            if (async.fail(thrown)) {
                answerUnlessAsked(scope, servletName, thrown);
            } else {
                scope.failures().answer(scope.request(), scope.response(), servletName, thrown);
            }
            return;
        }
        if (scope.response().sentError() != null && !async.isActive()) {
            scope.failures().describe(scope.request(), scope.response(), servletName, null);
        }
    }

    /** Listeners may have said how a failed request goes on. */
    private void answerUnlessAsked(RequestScope scope, String servletName, Throwable thrown)
            throws Exception {
        if (!scope.async().isAsked()) {
            scope.failures().answer(scope.request(), scope.response(), servletName, thrown);
        }
        scope.async().completeUnlessAsked();
    }

    /** Does what is asked for, until the request has ended or waits for what comes. */
    private void proceed(RequestScope scope) throws Exception {
        while (true) {
            switch (scope.async().state()) {
                case DISPATCHING -> {
                    scope.async().entered();
                    dispatch(scope, scope.servletName(), scope::dispatchAsync);
                }
                case STARTING_DISPATCH, STARTING_COMPLETE -> scope.async().returned();
                case EXPIRED -> expire(scope);
                case FAILED -> fail(scope);
                case STARTING, STARTED -> {
                    scope.suspend();
                    return;
                }
                case SYNC, COMPLETING, ENDING, DONE -> {
                    end(scope);
                    return;
                }
            }
        }
    }

    /** Listeners may say how a request goes on that was lost while it waited. */
    private void fail(RequestScope scope) throws Exception {
        Throwable lost = scope.async().tellLost();
        if (lost == null) {
            scope.async().completeUnlessAsked();
        } else {
            answerUnlessAsked(scope, scope.servletName(), lost);
        }
    }

    private void expire(RequestScope scope) throws Exception {
        scope.async().tellExpired();
        BridgeResponse response = scope.response();
        if (!scope.async().isAsked()) {
            if (response.sentError() == null) {
                sendTimeout(response);
            }
            scope.failures().describe(scope.request(), response, scope.servletName(), null);
        }
        scope.async().completeUnlessAsked();
    }

    /** The application's threads may commit at any time. */
    private static void sendTimeout(BridgeResponse response) throws IOException {
        try {
            response.sendError(500, "The answer took too long.");
        } catch (IllegalStateException e) {
            throw new IOException("asynchronous processing took too long after the commit", e);
        }
    }

    private void end(RequestScope scope) throws Exception {
        scope.endListening();
        scope.async().tellCompleted();
        if (scope.response().sentError() != null) {
            scope.failures().describe(scope.request(), scope.response(), scope.servletName(), null);
        }
        scope.tellDestroyed();
        scope.response().finish();
        scope.close();
    }

    Failures failures() {
        return Objects.requireNonNull(failures);
    }
}
