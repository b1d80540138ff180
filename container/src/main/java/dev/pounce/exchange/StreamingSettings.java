package dev.pounce.exchange;

import dev.pounce.encoding.CompressibleTypes;

/**
 * When content leaves that nobody flushes. Immutable.
 *
 * @param immediate the content types of which each write is flushed
 * @param maxDelayMillis how long written content of a committed response waits at most; 0 is for
 *     ever
 */
public record StreamingSettings(CompressibleTypes immediate, long maxDelayMillis) {}
