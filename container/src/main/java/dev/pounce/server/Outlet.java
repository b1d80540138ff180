package dev.pounce.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * How framed bytes get from an HTTP/1.1 sink to the connection. Used by the connection's owner
 * only.
 */
interface Outlet {

    /** Takes all bytes of the queue, and then of the content, before it returns. */
    void send(ByteBuffer queue, ByteBuffer content) throws IOException;

    /**
     * Sends a part of a file before it returns.
     *
     * @throws java.io.EOFException when the file ends inside of the part
     */
    void transfer(FileChannel file, long position, long count) throws IOException;

    /** The response has ended; sends the queue, now or with what follows. */
    void ended(ByteBuffer queue) throws IOException;

    /** The connection must be ended so that the client sees it. */
    void abort();

    /** Whether the connection may serve another request after this response. */
    boolean mayPersist();
}
