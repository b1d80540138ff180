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
        long maxHeld,
        long headNanos,
        long contentNanos,
        int contentRate,
        long writeNanos,
        long lingerNanos) {
    private static final long SECOND = 1_000_000_000L;

    static ServerLimits of(ServerConfig config) {
        return new ServerLimits(
                config.limits().head(),
                config.limits().body(),
                maxCollected(config.fused().maxBody(), config.limits().body()),
                config.limits().maxSwallow(),
                config.limits().connections(),
                config.keepAlive().maxRequests(),
                config.keepAlive().timeout().toNanos(),
                config.limits().held(),
                config.timeouts().head().toNanos(),
                config.timeouts().body().toNanos(),
                config.limits().bodyRate(),
                config.timeouts().write().toNanos(),
                config.timeouts().linger().toNanos());
    }

    /**
     * How long a client may be waited for in all that has sent so much content.
     *
     * @param received bytes
     */
    long contentNanos(long received) {
        return contentRate == 0 ? contentNanos : contentNanos + received * SECOND / contentRate;
    }

    /** The limit on content is one for fused handlers too. */
    private static int maxCollected(int fused, long all) {
        return all == 0 ? fused : (int) Math.min(fused, all);
    }
}
