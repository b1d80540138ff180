package dev.pounce.encoding;

import com.github.luben.zstd.EndDirective;

import java.nio.ByteBuffer;

/** Encodes one body as one zstd frame (RFC 8878). */
final class ZstdEncoder extends PhasedEncoder {

    private final ZstdContext context;
    private final EncoderPool pool;
    private final EncoderPool.Shelf shelf;

    ZstdEncoder(ZstdContext context, EncoderPool pool, EncoderPool.Shelf shelf) {
        this.context = context;
        this.pool = pool;
        this.shelf = shelf;
    }

    @Override
    public ContentCoding coding() {
        return ContentCoding.ZSTD;
    }

    @Override
    void begin() {
        // the codec writes the frame's header itself
    }

    @Override
    EncoderPhase write(ByteBuffer src, ByteBuffer dst) {
        while (src.hasRemaining() && dst.hasRemaining()) {
            context.compress(src, dst, EndDirective.CONTINUE);
        }
        return EncoderPhase.HOLDING;
    }

    @Override
    EncoderPhase flush(ByteBuffer src, ByteBuffer dst) {
        while (dst.hasRemaining()) {
            if (context.compress(src, dst, EndDirective.FLUSH) && !src.hasRemaining()) {
                return EncoderPhase.CLEAN;
            }
        }
        return EncoderPhase.HOLDING;
    }

    @Override
    EncoderPhase end(ByteBuffer src, ByteBuffer dst) {
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
    boolean drain(ByteBuffer dst) {
        return true;
    }

    @Override
    void giveBack(boolean sound) {
        pool.giveBack(context, sound, shelf);
    }
}
