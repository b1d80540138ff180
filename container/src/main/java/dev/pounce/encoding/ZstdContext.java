package dev.pounce.encoding;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;

import java.nio.ByteBuffer;

/** The zstd codec: frames without checksum (TCP and TLS have theirs) and without content size. */
final class ZstdContext implements NativeContext {

    private final ZstdCompressCtx codec = new ZstdCompressCtx();
    private final int level;
    private final int windowLog;

    ZstdContext(EncoderProfile profile) {
        level = profile.level();
        windowLog = profile.windowLog();
        configure();
    }

    /**
     * Consumes and writes as much as the buffers allow.
     *
     * @return whether the codec has written all that it had
     */
    boolean compress(ByteBuffer src, ByteBuffer dst, EndDirective directive) {
        return codec.compressByteBufferStream(dst, src, directive);
    }

    @Override
    public void reset() {
        codec.reset();
        configure();
    }

    @Override
    public void destroy() {
        codec.close();
    }

    /** The codec's reset takes its parameters too. */
    private void configure() {
        codec.setLevel(level)
                .setWindowLog(windowLog)
                .setHashLog(ZstdMemory.hashLog(level, windowLog))
                .setChainLog(ZstdMemory.chainLog(level, windowLog))
                .setChecksum(false)
                .setContentSize(false);
    }
}
