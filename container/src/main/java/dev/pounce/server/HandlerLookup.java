package dev.pounce.server;

import dev.pounce.exchange.Exchange;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.route.Handler;
import dev.pounce.route.VirtualHosts;

/** Finds the handler of a request where that is not what the routes say. Called by workers. */
@FunctionalInterface
public interface HandlerLookup {

    /**
     * The handler of a request.
     *
     * @param host the one that the request is for, with its current routes
     * @throws ProtocolException when the request's path cannot be read without guessing
     */
    Handler find(Exchange exchange, VirtualHosts.VirtualHost host) throws ProtocolException;
}
