package dev.pounce.files;

import dev.pounce.io.SharedFile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;

/** A file that is read while it is sent. Never more than was found: it may grow meanwhile. */
record OpenFile(FoundFile file, SharedFile shared) implements FileContent {

    /** Opens a file; null when it is not the one any more that was found. */
    static @Nullable OpenFile of(FoundFile file) throws IOException {
        try {
            FileChannel channel =
                    FileChannel.open(
                            file.real(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            boolean same = false;
            try {
                same = file.isInPlace() && channel.size() >= file.size();
            } finally {
                if (!same) {
                    channel.close();
                }
            }
            return same ? new OpenFile(file, new SharedFile(channel)) : null;
        } catch (IOException e) {
            if (e instanceof NoSuchFileException || Files.isSymbolicLink(file.real())) {
                return null;
            }
            throw e;
        }
    }

    /** The same for one more who sends it; null when it was closed, or its length is another. */
    @Nullable OpenFile forAnother() throws IOException {
        if (!shared.retain()) {
            return null;
        }
        boolean same = false;
        try {
            same = shared.channel().size() == file.size();
        } finally {
            if (!same) {
                shared.close();
            }
        }
        return same ? this : null;
    }

    @Override
    public void sendAll(FileExchange exchange) throws IOException {
        exchange.transfer(shared, 0, file.size());
        shared.warm();
    }

    @Override
    public void send(FileExchange exchange, ByteRange part) throws IOException {
        exchange.transfer(shared, part.first(), part.length());
    }

    /** All of it; null when it changed before it was read. */
    byte @Nullable [] readAll() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
        int count = 0;
        while (count >= 0 && bytes.hasRemaining()) {
            count = shared.channel().read(bytes, bytes.position());
        }
        return !bytes.hasRemaining() && file.isUnchanged() ? bytes.array() : null;
    }

    @Override
    public void close() throws IOException {
        shared.close();
    }
}
