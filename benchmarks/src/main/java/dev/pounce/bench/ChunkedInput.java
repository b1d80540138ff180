package dev.pounce.bench;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The content of a chunked message (RFC 9112 section 7.1) up to its end. A read returns what there
 * is of the chunk that has begun, and waits only when there is nothing.
 */
final class ChunkedInput extends InputStream {

    private static final int MAX_SIZE = 8;
    private static final int MAX_LINE = 256;

    private final InputStream in;
    private final List<Integer> sizes = new ArrayList<>();
    private int left;
    private int framing;
    private boolean ended;

    ChunkedInput(InputStream in) {
        this.in = in;
    }

    /** The sizes of the chunks that have begun. */
    List<Integer> sizes() {
        return List.copyOf(sizes);
    }

    /** The bytes so far that are no content. */
    int framing() {
        return framing;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !ended) {
            beginChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(bytes, offset, Math.min(length, left));
        if (count < 0) {
            throw new IOException("an end of the connection within a chunk");
        }
        left -= count;
        return count;
    }

    @Override
    public int available() throws IOException {
        return left == 0 ? 0 : Math.min(left, in.available());
    }

    /** The line end behind a chunk may come with the next one only. */
    private void beginChunk() throws IOException {
        if (!sizes.isEmpty() && !line(1).isEmpty()) {
            throw new IOException("no line end behind a chunk");
        }
        String size = line(MAX_SIZE);
        try {
            left = Integer.parseInt(size, 16);
        } catch (NumberFormatException e) {
            throw new IOException("the chunk size '" + size + "'", e);
        }
        if (left > 0) {
            sizes.add(left);
            return;
        }
        ended = true;
        String trailer = line(MAX_LINE);
        while (!trailer.isEmpty()) {
            trailer = line(MAX_LINE);
        }
    }

    private String line(int max) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int next = in.read();
            framing++;
            if (next < 0 || line.length() > max) {
                throw new IOException("no end of the line '" + line + "'");
            }
            if (next == '\n') {
                int last = line.length() - 1;
                if (last < 0 || line.charAt(last) != '\r') {
                    throw new IOException("a line that ends without CR: '" + line + "'");
                }
                return line.substring(0, last);
            }
            line.append((char) next);
        }
    }
}
