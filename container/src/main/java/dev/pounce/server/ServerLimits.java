package dev.pounce.server;

import dev.pounce.config.ServerConfig;

/** The limits and times that connections need, in the units in which they are compared. */
record ServerLimits(
        int maxTrailers,
        long maxSwallow,
        int maxConnections,
        int maxRequests,
        long keepAliveNanos,
        long maxHeld,
        long headNanos,
        long writeNanos,
        long lingerNanos) {

    static ServerLimits of(ServerConfig config) {
        return new ServerLimits(
                config.limits().head(),
                config.limits().maxSwallow(),
                config.limits().connections(),
                config.keepAlive().maxRequests(),
                config.keepAlive().timeout().toNanos(),
                config.limits().held(),
                config.timeouts().head().toNanos(),
                config.timeouts().write().toNanos(),
                config.timeouts().linger().toNanos());
    }
}
