package dev.pounce.server;

import dev.pounce.exchange.ClientGoneException;
import dev.pounce.io.FileBytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Writes for the thread that acts for an exchange, which parks while the socket takes nothing. Used
 * by that thread only, and only while the exchange owns the connection.
 */
final class ParkingOutput {
    private final ByteBuffer[] gathering = new ByteBuffer[2];

    /** Writes all of the first buffer, and then of the second. */
    void write(Http1Connection connection, ByteBuffer first, ByteBuffer second) throws IOException {
        gathering[0] = first;
        gathering[1] = second;
        while (first.hasRemaining() || second.hasRemaining()) {
            long count;
            try {
                count =
                        second.hasRemaining()
                                ? connection.transport().write(gathering, 2)
                                : connection.transport().write(first);
            } catch (IOException e) {
                throw new ClientGoneException(e);
            }
            if (count == 0) {
                awaitWritable(connection);
            }
        }
    }

    /**
     * Sends all of a part of a file.
     *
     * @throws java.io.EOFException when the file ends inside of the part
     */
    void transfer(Http1Connection connection, FileChannel file, long position, long count)
            throws IOException {
        long at = position;
        long end = position + count;
        while (at < end) {
            long sent;
            try {
                sent = connection.transport().transfer(file, at, end - at);
            } catch (IOException e) {
                throw new ClientGoneException(e);
            }
            if (sent == 0) {
                if (file.size() <= at) {
                    throw FileBytes.tooShort(at);
                }
                awaitWritable(connection);
            }
            at += sent;
        }
    }

    private static void awaitWritable(Http1Connection connection) throws ClientGoneException {
        switch (connection.awaitWritable()) {
            case READY -> {}
            case GONE, CANCELLED -> throw new ClientGoneException("the connection is closed");
            case DEADLINE ->
                    throw new ClientGoneException("the client took nothing of the answer in time");
        }
    }
}
