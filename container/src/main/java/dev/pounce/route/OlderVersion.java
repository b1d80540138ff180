package dev.pounce.route;

import dev.pounce.exchange.Exchange;

import java.util.function.Predicate;

/**
 * A version of an application beside which a newer one runs, and which keeps the sessions that
 * began with it.
 *
 * @param routes of the same context
 * @param hasSession whether a request brings one of its sessions
 */
public record OlderVersion(ContextRoutes routes, Predicate<Exchange> hasSession) {}
