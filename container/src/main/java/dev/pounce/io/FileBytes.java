package dev.pounce.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads parts of files whose length was announced before. */
public final class FileBytes {
    private FileBytes() {}

    /**
     * Fills a buffer from a file, as far as there is room.
     *
     * @param position where the part begins in the file
     * @param count how long the part is in bytes
     * @return how many bytes were read: the smaller one of {@code count} and the room
     * @throws EOFException when the file ends inside of the part
     */
    public static int fill(ByteBuffer target, FileChannel file, long position, long count)
            throws IOException {
        int length = (int) Math.min(count, target.remaining());
        int limit = target.limit();
        target.limit(target.position() + length);
        long at = position;
        try {
            while (target.hasRemaining()) {
                int read = file.read(target, at);
                if (read < 0) {
                    throw tooShort(at);
                }
                at += read;
            }
        } finally {
            target.limit(limit);
        }
        return length;
    }

    /** The file has less than was announced: what was begun cannot be ended. */
    public static EOFException tooShort(long position) {
        return new EOFException("a file became shorter while it was sent: it ends at " + position);
    }
}
