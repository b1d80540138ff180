package dev.pounce.server;

import dev.pounce.io.FileBytes;
import dev.pounce.io.SharedFile;
import dev.pounce.io.Transport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;

/** What is still to be sent of a file, which is open as long as this is. Used by one at a time. */
final class FileRest {
    private static final Logger LOG = LoggerFactory.getLogger(FileRest.class);

    /** A client that reads as fast as it is sent to must not keep a worker for itself. */
    private static final long MOST_AT_A_TIME = 1 << 20;

    private final SharedFile file;
    private final long end;
    private long at;

    /**
     * @param file which whoever makes this has retained for it
     * @param position where the part begins in the file
     * @param count how long it is in bytes
     */
    FileRest(SharedFile file, long position, long count) {
        this.file = file;
        this.at = position;
        this.end = position + count;
    }

    SharedFile file() {
        return file;
    }

    long position() {
        return at;
    }

    /** The bytes that are still to be sent. */
    long length() {
        return end - at;
    }

    /**
     * Sends what the socket takes, within bounds.
     *
     * @return whether the socket would have taken more
     * @throws java.io.EOFException when the file ends inside of the part
     */
    boolean sendTo(Transport transport) throws IOException {
        long until = Math.min(end, at + MOST_AT_A_TIME);
        while (at < until) {
            long sent = transport.transfer(file.channel(), at, until - at);
            if (sent == 0) {
                if (file.channel().size() <= at) {
                    throw FileBytes.tooShort(at);
                }
                return false;
            }
            at += sent;
        }
        return true;
    }

    /** Lets the file go. */
    void release() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("closing a file", e);
        }
    }
}
