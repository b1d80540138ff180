package dev.pounce.encoding;

import java.nio.ByteBuffer;

/**
 * What the encoders share: an {@link EncoderPhase} that says which calls are legal and what each of
 * them has to do with the codec.
 */
abstract sealed class PhasedEncoder implements BodyEncoder permits GzipEncoder, ZstdEncoder {
    private EncoderPhase phase = EncoderPhase.START;

    @Override
    public final boolean encode(ByteBuffer src, ByteBuffer dst, Directive directive) {
        EncoderPhase next = phase.on(src, dst, directive);
        boolean begins = phase == EncoderPhase.START && next != EncoderPhase.START;
        // What an exception leaves behind, until this call has come through.
        phase = EncoderPhase.FAILED;
        if (begins) {
            begin();
        }
        phase =
                switch (next) {
                    case HOLDING ->
                            directive == Directive.FLUSH ? flush(src, dst) : write(src, dst);
                    case ENDING -> end(src, dst);
                    default -> next;
                };
        boolean drained = drain(dst);
        return directive == Directive.CONTINUE ? !src.hasRemaining() : drained && phase.isSettled();
    }

    /** The first byte is about to come, or the end without one. */
    abstract void begin();

    /** Takes as much of the source as there is room for. */
    abstract EncoderPhase write(ByteBuffer src, ByteBuffer dst);

    /** Takes the source and pushes out what is held back. */
    abstract EncoderPhase flush(ByteBuffer src, ByteBuffer dst);

    /** Takes the source and ends the body. */
    abstract EncoderPhase end(ByteBuffer src, ByteBuffer dst);

    /** Moves what waits beside the codec; false when some of it has no room. */
    abstract boolean drain(ByteBuffer dst);

    @Override
    public final void close() {
        if (phase != EncoderPhase.CLOSED) {
            boolean sound = phase != EncoderPhase.FAILED;
            phase = EncoderPhase.CLOSED;
            giveBack(sound);
        }
    }

    /**
     * Gives the codec back.
     *
     * @param sound whether it can be used again
     */
    abstract void giveBack(boolean sound);
}
