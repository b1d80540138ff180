package dev.pounce.exchange;

import dev.pounce.io.SharedFile;
import dev.pounce.protocol.ResponseFields;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where a response leaves: the framing of one protocol over one connection or stream. Used by the
 * owner of the exchange only. Content is taken before a call returns, so its memory may be reused.
 */
public interface Sink {

    /** Sends an interim response (RFC 9110 section 15.2) at once. */
    void informational(int status, ResponseFields fields) throws IOException;

    /**
     * Queues the head.
     *
     * @param contentLength the bytes that will be written, or -1 when that is not known yet
     * @param content whether content may follow (RFC 9112 section 6.3): not for HEAD, 1xx, 204 and
     *     304
     */
    void head(ResponseHead head, long contentLength, boolean content) throws IOException;

    /** Frames and queues content; sends when the queue is full. */
    void write(ByteBuffer content) throws IOException;

    /** Frames and queues content; sends when the queue is full. */
    void write(byte[] content, int offset, int length) throws IOException;

    /**
     * Frames and sends a part of a file, without a copy of what does not fit into the queue where
     * the connection can do that. May wait for the disk. The file may be retained, and its rest
     * sent after this returns.
     *
     * @param position where the part begins in the file
     * @param count how long the part is in bytes
     * @throws java.io.EOFException when the file ends inside of the part
     */
    void transfer(SharedFile file, long position, long count) throws IOException;

    /** Returns when the kernel has all that was queued. */
    void flush() throws IOException;

    /** Ends the content and sends what is queued. */
    void finish(@Nullable ResponseFields trailers) throws IOException;

    /** Ends the exchange so that the client cannot take what it has for the whole response. */
    void abort();

    /** The bytes of content that this response has so far: after coding, before framing. */
    long contentBytes();

    /** Whether {@link #finish} can send trailers after content of unknown length. */
    boolean canSendTrailers();
}
