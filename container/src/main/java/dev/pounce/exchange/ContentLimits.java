package dev.pounce.exchange;

import dev.pounce.config.ServerConfig;

/**
 * What may come as content of requests, and how long a client may be waited for. Immutable.
 *
 * @param maxContent bytes of a request's content, 0 for no limit
 * @param maxCollected bytes of content that are collected for a handler that takes all at once
 * @param maxSwallow bytes of content that nobody has read and that are read over
 * @param contentNanos how long content is waited for in all, apart from what its rate allows
 * @param contentRate bytes a second with which content has to come, 0 for no such limit
 * @param writeNanos how long a client may take nothing of its response
 */
public record ContentLimits(
        long maxContent,
        int maxCollected,
        long maxSwallow,
        long contentNanos,
        int contentRate,
        long writeNanos) {
    private static final long SECOND = 1_000_000_000L;

    /** The limits that a configuration says. */
    public static ContentLimits of(ServerConfig config) {
        return new ContentLimits(
                config.limits().body(),
                maxCollected(config.fused().maxBody(), config.limits().body()),
                config.limits().maxSwallow(),
                config.timeouts().body().toNanos(),
                config.limits().bodyRate(),
                config.timeouts().write().toNanos());
    }

    /**
     * How long a client may be waited for in all that has sent so much content.
     *
     * @param received bytes
     */
    public long contentNanos(long received) {
        return contentRate == 0 ? contentNanos : contentNanos + received * SECOND / contentRate;
    }

    /** The limit on content is one for fused handlers too. */
    private static int maxCollected(int fused, long all) {
        return all == 0 ? fused : (int) Math.min(fused, all);
    }
}
