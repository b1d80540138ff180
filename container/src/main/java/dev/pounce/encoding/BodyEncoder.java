package dev.pounce.encoding;

import java.nio.ByteBuffer;

/**
 * A streaming encoder of one response body. Not thread-safe: only the owner of the exchange uses
 * it, and a change of owner publishes it. Borrowed from an {@link EncoderPool} and returned by
 * {@link #close}.
 */
public sealed interface BodyEncoder extends AutoCloseable permits PhasedEncoder {

    /** What is to become of the bytes that an encoder holds back. */
    enum Directive {
        /** They may wait for more, which makes the output smaller. */
        CONTINUE,
        /** The peer must be able to decode everything consumed so far. */
        FLUSH,
        /** The body ends with {@code src}. */
        END
    }

    /** What the output is to be labelled with in Content-Encoding. */
    ContentCoding coding();

    /**
     * Consumes {@code src} and writes encoded bytes to {@code dst}, moving both positions.
     *
     * <p>A flush with nothing consumed since the last one writes nothing, also before the first
     * byte. When a flush fills {@code dst} to the last byte, gzip cannot know that it was done, and
     * the call after it adds an empty block. After END is done, calls without bytes are allowed and
     * do nothing. An END without any bytes before it makes a valid encoding of the empty body.
     *
     * @param src what to encode: a direct buffer, best, or a heap buffer that is not read-only
     * @param dst where to, direct or heap; any size makes progress, some kilobytes make sense
     * @return true when {@code src} is consumed and, for FLUSH and END, everything held back is in
     *     {@code dst}; false when {@code dst} is full: drain it and call again with the same
     *     directive and the rest of {@code src}
     * @throws IllegalArgumentException when a buffer is of a kind that cannot be used
     * @throws IllegalStateException when the body has ended or the encoder is closed or has failed
     */
    boolean encode(ByteBuffer src, ByteBuffer dst, Directive directive);

    /**
     * Gives the native context back to its pool. Idempotent, and legal in every state: before END
     * it abandons the body.
     */
    @Override
    void close();
}
