package dev.pounce.encoding;

/**
 * How bodies are encoded.
 *
 * @param zstdLevel 1 (fastest) to 9; higher ones cost tens of megabytes a response
 * @param zstdWindowLog binary logarithm of the zstd window in bytes, 10 to 23: RFC 9659 lets a
 *     client refuse a window above 8 MiB
 * @param zstdEventWindowLog the same for event streams, which stay open for long and are many
 * @param gzipLevel 1 (fastest) to 9
 */
public record EncoderSettings(
        int zstdLevel, int zstdWindowLog, int zstdEventWindowLog, int gzipLevel) {

    /**
     * @throws IllegalArgumentException naming the component that is out of range
     */
    public EncoderSettings {
        requireRange("zstd level", zstdLevel, 1, ZstdMemory.MAX_LEVEL);
        requireRange("zstd window log", zstdWindowLog, ZstdMemory.MIN_WINDOW_LOG, 23);
        requireRange("zstd event window log", zstdEventWindowLog, ZstdMemory.MIN_WINDOW_LOG, 23);
        requireRange("gzip level", gzipLevel, 1, 9);
    }

    /** zstd level 1 with a window of 128 KiB, and of 4 KiB for event streams; gzip level 5. */
    public static EncoderSettings defaults() {
        return new EncoderSettings(1, 17, 12, 5);
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", want " + min + " to " + max);
        }
    }
}
