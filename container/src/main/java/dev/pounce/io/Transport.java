package dev.pounce.io;

import java.io.IOException;
import java.nio.ByteBuffer;

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

    /** Tells the peer that nothing more comes. */
    void shutdownOutput() throws IOException;

    /** Closes; what the peer still sends is answered by the kernel with a reset. */
    void close();

    /** Closes with a reset, so that the peer cannot take what it has for whole. */
    void reset();
}
