package dev.pounce.encoding;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/** Encodes one body as one gzip member (RFC 1952). */
final class GzipEncoder implements BodyEncoder {

    private final GzipContext context;
    private final EncoderPool pool;
    private EncoderPhase phase = EncoderPhase.START;

    GzipEncoder(GzipContext context, EncoderPool pool) {
        this.context = context;
        this.pool = pool;
    }

    @Override
    public ContentCoding coding() {
        return ContentCoding.GZIP;
    }

    @Override
    public boolean encode(ByteBuffer src, ByteBuffer dst, Directive directive) {
        EncoderPhase next = phase.on(src, dst, directive);
        if (phase == EncoderPhase.START && next != EncoderPhase.START) {
            context.stageHeader();
        }
        // What an exception leaves behind, until this call has come through.
        phase = EncoderPhase.FAILED;
        phase =
                switch (next) {
                    case HOLDING ->
                            directive == Directive.FLUSH ? flush(src, dst) : write(src, dst);
                    case ENDING -> end(src, dst);
                    default -> next;
                };
        boolean drained = context.drain(dst);
        return directive == Directive.CONTINUE ? !src.hasRemaining() : drained && phase.isSettled();
    }

    private EncoderPhase write(ByteBuffer src, ByteBuffer dst) {
        while (src.hasRemaining() && context.drainLeavesRoom(dst)) {
            context.deflate(src, dst, Deflater.NO_FLUSH);
        }
        return EncoderPhase.HOLDING;
    }

    private EncoderPhase flush(ByteBuffer src, ByteBuffer dst) {
        while (context.drainLeavesRoom(dst)) {
            if (context.deflate(src, dst, Deflater.SYNC_FLUSH)) {
                return EncoderPhase.CLEAN;
            }
        }
        return EncoderPhase.HOLDING;
    }

    private EncoderPhase end(ByteBuffer src, ByteBuffer dst) {
        context.finish();
        while (context.drainLeavesRoom(dst)) {
            boolean room = context.deflate(src, dst, Deflater.NO_FLUSH);
            if (context.isFinished() && !src.hasRemaining()) {
                context.stageTrailer();
                return EncoderPhase.ENDED;
            }
            if (room) {
                // The deflater takes nothing more once it has begun to finish.
                throw new IllegalStateException("bytes were added after END was asked for");
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
