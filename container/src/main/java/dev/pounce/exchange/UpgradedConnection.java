package dev.pounce.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A connection that speaks another protocol than HTTP. One thread may read while another one
 * writes; both park where they have to wait, so they should be virtual. The limits and deadlines of
 * HTTP end with it, except {@code timeouts.write}. Whatever throws a {@link ClientGoneException}
 * has closed it.
 */
public interface UpgradedConnection extends AutoCloseable {

    /** Addresses and the number of the connection. */
    ConnectionInfo info();

    /**
     * Reads at least one byte, first of all what the client sent behind its request.
     *
     * @return how many, or -1 when the client has ended its output
     * @throws java.net.SocketTimeoutException when nothing came in the time of {@link
     *     #readTimeout}; the connection stays usable
     * @throws ClientGoneException when the connection is closed or reset
     */
    int read(ByteBuffer target) throws IOException;

    /** The bytes that can be read without waiting and are here already. */
    int available();

    /**
     * Writes all of a buffer.
     *
     * @throws ClientGoneException when the connection is closed or reset, or the client took
     *     nothing for {@code timeouts.write}
     */
    void write(ByteBuffer content) throws IOException;

    /**
     * How long a read may wait.
     *
     * @param nanos 0 for no limit, which is what it begins with
     */
    void readTimeout(long nanos);

    /**
     * Ends the connection so that the client gets all that was written. Any thread, any number of
     * times.
     */
    @Override
    void close();
}
