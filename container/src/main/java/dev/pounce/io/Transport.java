package dev.pounce.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The bytes of one connection, as they are before any encryption. Never waits. Reading and writing
 * belong to the connection's owner; {@link #close} and {@link #reset} may be called by any thread.
 */
public interface Transport {

    /** Reads what is there; 0 when nothing is, -1 at the end of input. */
    int read(ByteBuffer target) throws IOException;

    /** Writes what the socket takes. */
    long write(ByteBuffer content) throws IOException;

    /** Writes what the socket takes of the first {@code count} buffers, with one system call. */
    long write(ByteBuffer[] content, int count) throws IOException;

    /**
     * Sends what the socket takes of a part of a file, which does not pass through this process
     * where the platform can do that. Waits for the disk, so it is for threads that may.
     *
     * @param position where the part begins in the file
     * @param count how long the part is in bytes
     * @return the bytes that were sent; 0 also where the file ends before the position
     */
    long transfer(FileChannel file, long position, long count) throws IOException;

    /** Tells the peer that nothing more comes. */
    void shutdownOutput() throws IOException;

    /** Closes; what the peer still sends is answered by the kernel with a reset. */
    void close();

    /** Closes with a reset, so that the peer cannot take what it has for whole. */
    void reset();
}
