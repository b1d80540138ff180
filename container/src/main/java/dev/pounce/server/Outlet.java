package dev.pounce.server;

import dev.pounce.io.SharedFile;

import java.io.IOException;
import java.nio.ByteBuffer;

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
    void transfer(SharedFile file, long position, long count) throws IOException;

    /**
     * Takes the queue, and behind it a part of a file, with which the response ends. It may retain
     * the file, and send both after the response has {@link #ended}.
     *
     * @throws java.io.EOFException when the file ends inside of the part
     */
    default void transferLast(ByteBuffer queue, SharedFile file, long position, long count)
            throws IOException {
        send(queue.flip(), ByteBuffer.allocate(0));
        queue.clear();
        transfer(file, position, count);
    }

    /** The response has ended; sends the queue, now or with what follows. */
    void ended(ByteBuffer queue) throws IOException;

    /** The connection must be ended so that the client sees it. */
    void abort();

    /** Whether the connection may serve another request after this response. */
    boolean mayPersist();
}
