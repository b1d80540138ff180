package dev.pounce.files;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;

/** A file that is read while it is sent. Never more than was found: it may grow meanwhile. */
record OpenFile(FoundFile file, FileChannel channel) implements FileContent {

    /** Opens a file; null when it is not the one any more that was found. */
    static @Nullable OpenFile of(FoundFile file) throws IOException {
        FileChannel channel =
                FileChannel.open(file.real(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        boolean same = false;
        try {
            same = file.isInPlace() && channel.size() >= file.size();
        } finally {
            if (!same) {
                channel.close();
            }
        }
        return same ? new OpenFile(file, channel) : null;
    }

    @Override
    public void sendAll(FileExchange exchange) throws IOException {
        exchange.transfer(channel, 0, file.size());
    }

    @Override
    public void send(FileExchange exchange, ByteRange part) throws IOException {
        exchange.transfer(channel, part.first(), part.length());
    }

    /** All of it; null when it changed before it was read. */
    byte @Nullable [] readAll() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
        int count = 0;
        while (count >= 0 && bytes.hasRemaining()) {
            count = channel.read(bytes, bytes.position());
        }
        return !bytes.hasRemaining() && file.isUnchanged() ? bytes.array() : null;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
