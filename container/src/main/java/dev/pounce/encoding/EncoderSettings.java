package dev.pounce.encoding;

/**
 * How responses are encoded.
 *
 * @param memory bound on the native memory of all encoders, lent and idle together, in bytes
 * @param zstdLevel 1 (fastest) to 9; higher ones cost tens of megabytes a response
 * @param zstdWindowLog binary logarithm of the zstd window in bytes, 10 to 23: RFC 9659 lets a
 *     client refuse a window above 8 MiB
 * @param gzipLevel 1 (fastest) to 9
 */
public record EncoderSettings(long memory, int zstdLevel, int zstdWindowLog, int gzipLevel) {

    /**
     * @throws IllegalArgumentException naming the component that is out of range
     */
    public EncoderSettings {
        if (memory < 0) {
            throw new IllegalArgumentException("memory is " + memory + ", want 0 or more bytes");
        }
        requireRange("zstd level", zstdLevel, 1, ZstdMemory.MAX_LEVEL);
        requireRange("zstd window log", zstdWindowLog, 10, 23);
        requireRange("gzip level", gzipLevel, 1, 9);
    }

    /** 256 MiB, zstd level 1 with a window of 128 KiB, gzip level 5. */
    public static EncoderSettings defaults() {
        return new EncoderSettings(256L << 20, 1, 17, 5);
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    name + " is " + value + ", want " + min + " to " + max);
        }
    }
}
