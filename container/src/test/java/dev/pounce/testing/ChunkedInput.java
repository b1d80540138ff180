package dev.pounce.testing;

import java.io.IOException;
import java.io.InputStream;

/** The content of a chunked response; never reads further than it must. */
public final class ChunkedInput extends InputStream {
    private final RawClient client;
    private byte[] chunk = {};
    private int position;
    private boolean ended;

    /** Content that begins at the client's next byte. */
    public ChunkedInput(RawClient client) {
        this.client = client;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == chunk.length && !ended) {
            chunk = client.readChunk();
            position = 0;
            ended = chunk.length == 0;
        }
        if (ended) {
            return -1;
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return chunk.length - position;
    }
}
