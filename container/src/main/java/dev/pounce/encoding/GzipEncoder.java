package dev.pounce.encoding;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/** Encodes one body as one gzip member (RFC 1952). */
final class GzipEncoder extends PhasedEncoder {

    private final GzipContext context;
    private final EncoderPool pool;
    private final EncoderPool.Shelf shelf;

    GzipEncoder(GzipContext context, EncoderPool pool, EncoderPool.Shelf shelf) {
        this.context = context;
        this.pool = pool;
        this.shelf = shelf;
    }

    @Override
    public ContentCoding coding() {
        return ContentCoding.GZIP;
    }

    @Override
    void begin() {
        context.stageHeader();
    }

    @Override
    EncoderPhase write(ByteBuffer src, ByteBuffer dst) {
        while (src.hasRemaining() && context.drainLeavesRoom(dst)) {
            context.deflate(src, dst, Deflater.NO_FLUSH);
        }
        return EncoderPhase.HOLDING;
    }

    @Override
    EncoderPhase flush(ByteBuffer src, ByteBuffer dst) {
        while (context.drainLeavesRoom(dst)) {
            if (context.deflate(src, dst, Deflater.SYNC_FLUSH)) {
                return EncoderPhase.CLEAN;
            }
        }
        return EncoderPhase.HOLDING;
    }

    @Override
    EncoderPhase end(ByteBuffer src, ByteBuffer dst) {
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
    boolean drain(ByteBuffer dst) {
        return context.drain(dst);
    }

    @Override
    void giveBack(boolean sound) {
        pool.giveBack(context, sound, shelf);
    }
}
