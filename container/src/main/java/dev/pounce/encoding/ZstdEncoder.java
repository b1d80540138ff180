package dev.pounce.encoding;

import com.github.luben.zstd.EndDirective;

import java.nio.ByteBuffer;

/** Encodes one body as one zstd frame (RFC 8878). */
final class ZstdEncoder implements BodyEncoder {

    private final ZstdContext context;
    private final EncoderPool pool;
    private EncoderPhase phase = EncoderPhase.START;

    ZstdEncoder(ZstdContext context, EncoderPool pool) {
        this.context = context;
        this.pool = pool;
    }

    @Override
    public ContentCoding coding() {
        return ContentCoding.ZSTD;
    }

    @Override
    public boolean encode(ByteBuffer src, ByteBuffer dst, Directive directive) {
        EncoderPhase next = phase.on(src, dst, directive);
        // What an exception leaves behind, until this call has come through.
        phase = EncoderPhase.FAILED;
        phase =
                switch (next) {
                    case HOLDING ->
                            directive == Directive.FLUSH ? flush(src, dst) : write(src, dst);
                    case ENDING -> end(src, dst);
                    default -> next;
                };
        return directive == Directive.CONTINUE ? !src.hasRemaining() : phase.isSettled();
    }

    private EncoderPhase write(ByteBuffer src, ByteBuffer dst) {
        while (src.hasRemaining() && dst.hasRemaining()) {
            context.compress(src, dst, EndDirective.CONTINUE);
        }
        return EncoderPhase.HOLDING;
    }

    private EncoderPhase flush(ByteBuffer src, ByteBuffer dst) {
        while (dst.hasRemaining()) {
            if (context.compress(src, dst, EndDirective.FLUSH) && !src.hasRemaining()) {
                return EncoderPhase.CLEAN;
            }
        }
        return EncoderPhase.HOLDING;
    }

    private EncoderPhase end(ByteBuffer src, ByteBuffer dst) {
        while (dst.hasRemaining()) {
            if (context.compress(src, dst, EndDirective.END)) {
                if (src.hasRemaining()) {
                    // The codec would begin a second frame with them.
                    throw new IllegalStateException("bytes were added after END was asked for");
                }
                return EncoderPhase.ENDED;
            }
        }
        return EncoderPhase.ENDING;
    }

    @Override
    public void close() {
        if (phase != EncoderPhase.CLOSED) {
            boolean sound = phase != EncoderPhase.FAILED;
            phase = EncoderPhase.CLOSED;
            pool.giveBack(context, sound);
        }
    }
}
