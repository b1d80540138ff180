package dev.pounce.exchange;

/**
 * What can be otherwise for the exchanges of one application. Immutable.
 *
 * @param codings how content is coded, by path
 * @param streaming when content leaves that nobody flushes
 * @param serverTiming which responses carry Server-Timing
 * @param limits what may come as content
 */
public record ExchangeSettings(
        CodingPolicies codings,
        StreamingSettings streaming,
        TimingSettings serverTiming,
        ContentLimits limits) {}
