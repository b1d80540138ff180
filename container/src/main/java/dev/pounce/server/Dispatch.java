package dev.pounce.server;

import dev.pounce.exchange.ErrorResponse;
import dev.pounce.exchange.Exchange;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.route.Handler;
import dev.pounce.route.RouteTable;
import dev.pounce.route.VirtualHosts;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.UnaryOperator;

/** Who answers a request: the server itself, or a route of the host that it is for. Thread-safe. */
final class Dispatch {
    private static final Handler SERVER_OPTIONS =
            Handler.inPlace(
                    exchange -> {
                        exchange.response().status(204);
                        exchange.response()
                                .fields()
                                .add("Allow", "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS");
                        exchange.response().finish();
                    });

    private static final Handler MISDIRECTED =
            Handler.inPlace(
                    exchange ->
                            ErrorResponse.send(
                                    exchange.response(), 421, "POUNCE_ROUTE_MISDIRECTED"));

    private static final Handler NOTHING_ACCEPTABLE =
            Handler.inPlace(
                    exchange ->
                            ErrorResponse.send(
                                    exchange.response(), 406, "POUNCE_ROUTE_NOT_ACCEPTABLE"));

    private final Object changes = new Object();
    private volatile VirtualHosts hosts = VirtualHosts.only(new RouteTable(List.of()));
    private @Nullable HandlerLookup lookup;

    /** The current routes of all hosts. */
    VirtualHosts hosts() {
        return hosts;
    }

    /** Replaces hosts or their routes for requests that begin from now on. */
    void hosts(UnaryOperator<VirtualHosts> change) {
        synchronized (changes) {
            hosts = change.apply(hosts);
        }
    }

    /** Has handlers looked up otherwise than by the routes alone; before the start. */
    void lookup(HandlerLookup other) {
        lookup = other;
    }

    /**
     * Who answers a request; one that says why not when nobody can. The exchange has the settings
     * of the one that was found.
     *
     * @param health what the server answers by itself
     */
    Handler handlerFor(Exchange exchange, HealthRoutes health) throws ProtocolException {
        if (exchange.request().isAsteriskForm()) {
            return SERVER_OPTIONS;
        }
        Handler own = health.match(exchange.request());
        if (own != null) {
            return own;
        }
        VirtualHosts.VirtualHost host = hosts.of(exchange.request());
        if (host == null) {
            return exchange.isNothingAcceptable() ? NOTHING_ACCEPTABLE : MISDIRECTED;
        }
        HandlerLookup other = lookup;
        Handler found = other == null ? host.routes().match(exchange) : other.find(exchange, host);
        exchange.settings(found.settings());
        return exchange.isNothingAcceptable() ? NOTHING_ACCEPTABLE : found;
    }
}
