package dev.pounce.encoding;

import dev.pounce.encoding.BodyEncoder.Directive;

import java.nio.ByteBuffer;

/** How far an encoder is with its body. */
enum EncoderPhase {
    /** Nothing was consumed, nothing was written. */
    START,
    /** All that was consumed has been flushed out of the codec. */
    CLEAN,
    /** The codec may hold bytes back. */
    HOLDING,
    /** END was asked for and is not complete. */
    ENDING,
    /** The codec has written its last byte. */
    ENDED,
    /** A call was broken off by an exception: the codec's state is unknown. */
    FAILED,
    /** The codec belongs to the pool again. */
    CLOSED;

    /**
     * The phase in which a call is to be carried out.
     *
     * @throws IllegalArgumentException when a buffer is of a kind that cannot be used
     * @throws IllegalStateException when this phase does not allow the call
     */
    EncoderPhase on(ByteBuffer src, ByteBuffer dst, Directive directive) {
        requireUsable(src, dst);
        return on(src.hasRemaining(), directive);
    }

    /** The table: this phase, whether the call brings bytes, what it asks for. */
    EncoderPhase on(boolean bytes, Directive directive) {
        return switch (this) {
            case START, CLEAN -> directive == Directive.END ? ENDING : bytes ? HOLDING : this;
            case HOLDING -> directive == Directive.END ? ENDING : HOLDING;
            case ENDING -> {
                if (directive != Directive.END) {
                    throw new IllegalStateException(directive + " while END is not complete");
                }
                yield ENDING;
            }
            case ENDED -> {
                if (bytes) {
                    throw new IllegalStateException("bytes after the end of the body");
                }
                yield ENDED;
            }
            case FAILED -> throw new IllegalStateException("the encoder has failed before");
            case CLOSED -> throw new IllegalStateException("the encoder is closed");
        };
    }

    /** Whether the codec has nothing left to write for what was asked of it. */
    boolean isSettled() {
        return this == START || this == CLEAN || this == ENDED;
    }

    private static void requireUsable(ByteBuffer src, ByteBuffer dst) {
        if (dst.isReadOnly()) {
            throw new IllegalArgumentException("dst is read-only");
        }
        if (!src.isDirect() && !src.hasArray()) {
            throw new IllegalArgumentException("src is a read-only heap buffer");
        }
    }
}
