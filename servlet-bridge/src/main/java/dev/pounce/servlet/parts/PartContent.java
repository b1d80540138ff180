package dev.pounce.servlet.parts;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;

/**
 * The content of a request while its parts are read: counts it, and remembers what went wrong with
 * it, because the reader of parts may take the end of a connection for the end of the parts.
 */
final class PartContent extends InputStream {
    private final InputStream in;
    private final long maxBytes;
    private long count;
    private @Nullable IOException failure;

    /** A byte that was read and not given out yet, or -1. */
    private int first = -1;

    /**
     * @param maxBytes how many bytes there may be, -1 for no limit
     */
    PartContent(InputStream in, long maxBytes) {
        this.in = in;
        this.maxBytes = maxBytes;
    }

    static PartLimitException tooLong(long maxBytes) {
        return new PartLimitException(
                "the request is longer than "
                        + maxBytes
                        + " bytes, the maxRequestSize of the servlet's multipart configuration");
    }

    /** Whether there is no content at all; waits for the first byte. */
    boolean isEmpty() throws IOException {
        if (count == 0 && first < 0) {
            first = read();
        }
        return count == 0;
    }

    /** Throws what reading threw, if it did. */
    void checkFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (first >= 0 && length > 0) {
            target[offset] = (byte) first;
            first = -1;
            return 1;
        }
        int read;
        try {
            read = in.read(target, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
        count += Math.max(read, 0);
        if (maxBytes >= 0 && count > maxBytes) {
            throw tooLong(maxBytes);
        }
        return read;
    }
}
