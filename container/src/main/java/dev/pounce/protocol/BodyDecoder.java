package dev.pounce.protocol;

import java.nio.ByteBuffer;

/** Takes a request's content out of the bytes that frame it. Does no I/O; not thread-safe. */
public sealed interface BodyDecoder permits FixedLengthDecoder, ChunkDecoder {

    /**
     * Moves content from the received bytes to the target, until one of them is used up or the
     * content ends.
     *
     * @return true when the content, with its trailers, is complete; bytes behind it stay in {@code
     *     received}
     * @throws ProtocolException when the framing is broken or a limit exceeded
     */
    boolean decode(ByteBuffer received, ByteBuffer content) throws ProtocolException;

    /** Whether the content is complete. */
    boolean isComplete();

    /** The decoder for what {@link RequestFraming#decide} found. */
    static BodyDecoder of(long framing, int maxTrailers) {
        return framing == RequestFraming.CHUNKED
                ? new ChunkDecoder(maxTrailers)
                : new FixedLengthDecoder(framing);
    }

    /** Moves as many bytes as fit, at most {@code max}. */
    static int move(ByteBuffer from, ByteBuffer to, long max) {
        int count = (int) Math.min(max, Math.min(from.remaining(), to.remaining()));
        to.put(to.position(), from, from.position(), count);
        to.position(to.position() + count);
        from.position(from.position() + count);
        return count;
    }
}
