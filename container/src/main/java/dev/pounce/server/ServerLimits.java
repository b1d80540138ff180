package dev.pounce.server;

import dev.pounce.config.ServerConfig;

/** The limits and times that connections need, in the units in which they are compared. */
record ServerLimits(
        int maxTrailers,
        long maxContent,
        int maxCollected,
        long maxSwallow,
        int maxConnections,
        int maxRequests,
        long keepAliveNanos,
        long headNanos,
        long contentNanos,
        long writeNanos,
        long lingerNanos) {

    static ServerLimits of(ServerConfig config) {
        return new ServerLimits(
                config.limits().head(),
                config.limits().body(),
                maxCollected(config.fused().maxBody(), config.limits().body()),
                config.limits().maxSwallow(),
                config.limits().connections(),
                config.keepAlive().maxRequests(),
                config.keepAlive().timeout().toNanos(),
                config.timeouts().head().toNanos(),
                config.timeouts().body().toNanos(),
                config.timeouts().write().toNanos(),
                config.timeouts().linger().toNanos());
    }

    /** The limit on content is one for fused handlers too. */
    private static int maxCollected(int fused, long all) {
        return all == 0 ? fused : (int) Math.min(fused, all);
    }
}
