package dev.pounce.exchange;

import dev.pounce.encoding.EncoderPool;
import dev.pounce.io.BufferPool;

import java.util.function.BooleanSupplier;

/**
 * What all responses of a server share. Immutable.
 *
 * @param general what holds where an application has nothing else
 * @param encoders lends encoders
 * @param buffers lends the buffers of a response, of {@link #BUFFER_SIZE} bytes
 * @param isDraining whether the server is about to stop: an event stream ends with its next event
 * @param requestIds how requests are named
 * @param listener learns what becomes of exchanges
 */
public record ResponseSettings(
        ExchangeSettings general,
        EncoderPool encoders,
        BufferPool buffers,
        BooleanSupplier isDraining,
        RequestIds requestIds,
        ExchangeListener listener) {

    /** Bytes of each buffer of the pool. */
    public static final int BUFFER_SIZE = 16 << 10;
}
