package dev.pounce.exchange;

import dev.pounce.encoding.EncoderPool;
import dev.pounce.io.BufferPool;

import java.util.function.BooleanSupplier;

/**
 * What all responses of a server share. Immutable.
 *
 * @param codings how content is coded, by path
 * @param encoders lends encoders
 * @param buffers lends the buffers of a response, of {@link #BUFFER_SIZE} bytes
 * @param isDraining whether the server is about to stop: an event stream ends with its next event
 * @param streaming when content leaves that nobody flushes
 * @param serverTiming which responses carry Server-Timing
 * @param requestIds how requests are named
 * @param listener learns what becomes of exchanges
 */
public record ResponseSettings(
        CodingPolicies codings,
        EncoderPool encoders,
        BufferPool buffers,
        BooleanSupplier isDraining,
        StreamingSettings streaming,
        TimingSettings serverTiming,
        RequestIds requestIds,
        ExchangeListener listener) {

    /** Bytes of each buffer of the pool. */
    public static final int BUFFER_SIZE = 16 << 10;
}
