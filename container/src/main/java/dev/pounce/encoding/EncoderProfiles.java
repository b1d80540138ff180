package dev.pounce.encoding;

/**
 * The profiles of some {@link EncoderSettings}, and which of them a body gets by what is known of
 * it when its first byte leaves. Immutable; choosing allocates nothing.
 */
public final class EncoderProfiles {
    private final EncoderSettings settings;
    private final EncoderProfile gzip;
    private final EncoderProfile events;

    /** For bodies of any length; indexed by the window's logarithm above the smallest one. */
    private final EncoderProfile[] bodies;

    public EncoderProfiles(EncoderSettings settings) {
        this.settings = settings;
        gzip = EncoderProfile.gzip(settings.gzipLevel());
        events = EncoderProfile.zstd(settings.zstdLevel(), settings.zstdEventWindowLog());
        bodies = new EncoderProfile[settings.zstdWindowLog() - ZstdMemory.MIN_WINDOW_LOG + 1];
        for (int i = 0; i < bodies.length; i++) {
            bodies[i] = EncoderProfile.zstd(settings.zstdLevel(), ZstdMemory.MIN_WINDOW_LOG + i);
        }
    }

    /** What these profiles are of. */
    public EncoderSettings settings() {
        return settings;
    }

    /**
     * The profile of a body of unknown length whose pieces come one by one, for as long as may be.
     */
    public EncoderProfile ofEvents(ContentCoding coding) {
        return coding == ContentCoding.GZIP ? gzip : events;
    }

    /**
     * The profile of any other body: a window that it cannot fill is never paid for.
     *
     * @param length of the body in bytes, or -1 when it is not known
     */
    public EncoderProfile ofLength(ContentCoding coding, long length) {
        if (coding == ContentCoding.GZIP) {
            return gzip;
        }
        int last = bodies.length - 1;
        return length < 0 ? bodies[last] : bodies[Math.clamp(ceilLog(length), 0, last)];
    }

    /** Counted from the smallest window. */
    private static int ceilLog(long length) {
        return Long.SIZE
                - Long.numberOfLeadingZeros(Math.max(length, 1) - 1)
                - ZstdMemory.MIN_WINDOW_LOG;
    }
}
