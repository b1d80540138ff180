package dev.pounce.encoding;

/**
 * What a context is made for. Bodies of the same profile use each other's contexts.
 *
 * @param coding gzip or zstd
 * @param level of compression
 * @param windowLog binary logarithm of the window in bytes; that of gzip is always 15
 */
public record EncoderProfile(ContentCoding coding, int level, int windowLog) {
    private static final int GZIP_WINDOW_LOG = 15;

    static EncoderProfile gzip(int level) {
        return new EncoderProfile(ContentCoding.GZIP, level, GZIP_WINDOW_LOG);
    }

    static EncoderProfile zstd(int level, int windowLog) {
        return new EncoderProfile(ContentCoding.ZSTD, level, windowLog);
    }

    /** Native memory of one context in bytes, at most. */
    public long contextBytes() {
        return coding == ContentCoding.GZIP
                ? GzipContext.BYTES
                : ZstdMemory.contextBytes(level, windowLog);
    }

    NativeContext newContext() {
        return coding == ContentCoding.GZIP ? new GzipContext(level) : new ZstdContext(this);
    }
}
