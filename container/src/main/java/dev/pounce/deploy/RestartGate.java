package dev.pounce.deploy;

import dev.pounce.exchange.ErrorResponse;
import dev.pounce.exchange.Exchange;
import dev.pounce.route.ContextRoutes;
import dev.pounce.route.PathPattern;
import dev.pounce.route.Route;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where requests wait while the application that they are for was stopped and is started anew. Each
 * waits on its own virtual thread, with its content still on the wire. Thread-safe.
 */
final class RestartGate {
    private final String contextPath;
    private final long waitNanos;
    private final CompletableFuture<ContextRoutes> opened = new CompletableFuture<>();

    /**
     * @param waitNanos how long a request may wait
     */
    RestartGate(String contextPath, long waitNanos) {
        this.contextPath = contextPath;
        this.waitNanos = waitNanos;
    }

    /** The route of all requests while it is closed. */
    Route route() {
        return new Route(
                new PathPattern.Default(), this::handle, contextPath + "/ waits for its restart");
    }

    /** Those who wait, and who come late, are answered by these routes. */
    void open(ContextRoutes routes) {
        opened.complete(routes);
    }

    /** Those who wait, and who come late, are refused. */
    void refuse(DeploymentException reason) {
        opened.completeExceptionally(reason);
    }

    private void handle(Exchange exchange) throws Exception {
        ContextRoutes routes;
        try {
            routes = opened.get(waitNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            exchange.response().fields().set("Retry-After", "1");
            ErrorResponse.send(exchange.response(), 503, "POUNCE_APP_RESTARTING");
            return;
        } catch (ExecutionException e) {
            ErrorResponse.send(exchange.response(), 503, "POUNCE_APP_NOT_RUNNING");
            return;
        }
        Route route = routes.match(exchange.path().substring(contextPath.length()));
        if (route == null) {
            ErrorResponse.send(exchange.response(), 404, "POUNCE_ROUTE_NOT_FOUND");
        } else {
            route.handler().handle(exchange);
        }
    }
}
