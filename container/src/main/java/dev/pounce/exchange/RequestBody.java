package dev.pounce.exchange;

import dev.pounce.protocol.BodyDecoder;
import dev.pounce.protocol.ChunkDecoder;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.protocol.RequestFraming;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * The content of a request, read by the exchange's owner: either collected by the worker before the
 * exchange began, or taken from the connection when it is asked for.
 */
public final class RequestBody {
    private static final byte[] EMPTY = {};

    private byte[] collected = EMPTY;
    private int position;
    private int limit;

    private @Nullable Inlet inlet;
    private @Nullable BodyDecoder decoder;
    private long length;
    private long maxLength;
    private long received;
    private boolean continueExpected;
    private @Nullable ProtocolException failure;
    private Map<String, String> trailers = Map.of();
    private final Response response;

    RequestBody(Response response) {
        this.response = response;
    }

    /** Content that is complete in an array, or none. */
    void beginCollected(byte[] bytes, int from, int to, Map<String, String> after) {
        failure = null;
        trailers = after;
        collected = bytes;
        position = from;
        limit = to;
        inlet = null;
        decoder = null;
        length = to - from;
        received = 0;
        continueExpected = false;
    }

    /** Content that is collected stays when it is overwritten where it was received. */
    void own() {
        if (decoder == null && position < limit) {
            collected = Arrays.copyOfRange(collected, position, limit);
            limit -= position;
            position = 0;
        }
    }

    /** Content that is still to be read from the connection. */
    void beginStreamed(Inlet source, long framing, int maxTrailers, long max, boolean expect) {
        failure = null;
        trailers = Map.of();
        collected = EMPTY;
        position = 0;
        limit = 0;
        inlet = source;
        decoder = framing == 0 ? null : BodyDecoder.of(framing, maxTrailers);
        length = framing == RequestFraming.CHUNKED ? -1 : framing;
        maxLength = max;
        received = 0;
        continueExpected = expect && framing != 0;
    }

    /** The content's length in bytes as the client declared it, or -1 when it is chunked. */
    public long length() {
        return length;
    }

    /** Whether the content has been read to its end. */
    public boolean isComplete() {
        return decoder == null ? position == limit : decoder.isComplete();
    }

    /**
     * Reads content, waiting until at least one byte is there. Content that was refused once is
     * refused for ever.
     *
     * @return the number of bytes read, or -1 at the end of the content
     * @throws ProtocolException when the framing is broken or the content longer than allowed (413)
     * @throws ClientGoneException when the connection ended before the content did
     */
    public int read(byte[] target, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (decoder == null) {
            return readCollected(target, offset, count);
        }
        ByteBuffer content = ByteBuffer.wrap(target, offset, count);
        readFramed(content);
        int read = content.position() - offset;
        return read == 0 ? -1 : read;
    }

    private int readCollected(byte[] target, int offset, int count) {
        if (position == limit) {
            return -1;
        }
        int read = Math.min(count, limit - position);
        System.arraycopy(collected, position, target, offset, read);
        position += read;
        return read;
    }

    private void readFramed(ByteBuffer content) throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            checkLength(length);
            decode(content);
        } catch (ProtocolException e) {
            failure = e;
            throw e;
        }
    }

    private void decode(ByteBuffer content) throws IOException {
        BodyDecoder framed = java.util.Objects.requireNonNull(decoder);
        Inlet source = java.util.Objects.requireNonNull(inlet);
        int start = content.position();
        while (!framed.isComplete() && content.position() == start) {
            ByteBuffer bytes = receive(source);
            framed.decode(bytes, content);
        }
        received += content.position() - start;
        checkLength(received);
    }

    private void checkLength(long bytes) throws ProtocolException {
        if (isTooLong(bytes)) {
            throw new ProtocolException(
                    413, "POUNCE_LIMIT_BODY", "the content is longer than " + maxLength + " bytes");
        }
    }

    private boolean isTooLong(long bytes) {
        return maxLength > 0 && bytes > maxLength;
    }

    private ByteBuffer receive(Inlet source) throws IOException {
        if (continueExpected) {
            continueExpected = false;
            if (source.available() == 0 && !response.isCommitted()) {
                response.informational(100);
            }
        }
        ByteBuffer bytes = source.receive();
        if (bytes == null) {
            throw new ClientGoneException("the connection ended inside the request's content");
        }
        return bytes;
    }

    /** How many bytes can be read without waiting; an estimate that is never too high. */
    public int available() {
        if (decoder == null) {
            return limit - position;
        }
        if (decoder.isComplete() || inlet == null || length < 0) {
            return 0;
        }
        return (int) Math.min(inlet.available(), length - received);
    }

    /**
     * Reads all that is left.
     *
     * @throws ProtocolException with status 413 when it is more than {@code max} bytes
     */
    public byte[] readAll(int max) throws IOException {
        if (length > max) {
            throw tooLong(max);
        }
        byte[] bytes = new byte[length >= 0 ? (int) length : 1024];
        int size = 0;
        while (true) {
            if (size == bytes.length) {
                if (isComplete()) {
                    return bytes;
                }
                bytes =
                        Arrays.copyOf(
                                bytes,
                                Math.clamp(
                                        size * 2L,
                                        256,
                                        max + 1L > Integer.MAX_VALUE ? max : max + 1));
            }
            int read = read(bytes, size, bytes.length - size);
            if (read < 0) {
                return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
            }
            size += read;
            if (size > max) {
                throw tooLong(max);
            }
        }
    }

    private static ProtocolException tooLong(int max) {
        return new ProtocolException(
                413, "POUNCE_LIMIT_BODY", "the content is longer than " + max + " bytes");
    }

    /**
     * Gives content to be read in the place of what was sent, which has been read to its end.
     *
     * @throws IllegalStateException when it has not
     */
    public void replace(byte[] content) {
        if (!isComplete()) {
            throw new IllegalStateException("content that is still to come cannot be replaced");
        }
        beginCollected(content, 0, content.length, trailers());
    }

    /** Whether {@link #discard} has a chance. */
    boolean canDiscard(long max) {
        if (decoder == null || isComplete()) {
            return true;
        }
        boolean refused = failure != null || isTooLong(length);
        return !refused && !continueExpected && length - received <= max;
    }

    /**
     * Reads over what is left, so that the connection can serve another request.
     *
     * @return false when more than {@code max} bytes were left or the client waits for 100
     *     Continue: the connection must be closed
     */
    boolean discard(long max) throws IOException {
        if (decoder == null || isComplete()) {
            return true;
        }
        if (!canDiscard(max)) {
            return false;
        }
        byte[] sink = new byte[8192];
        long left = max;
        while (left > 0) {
            int read = read(sink, 0, (int) Math.min(sink.length, left));
            if (read < 0) {
                return true;
            }
            left -= read;
        }
        return isComplete();
    }

    /**
     * A thread that waits in {@link #read} waits no longer: it gets an {@link
     * java.io.InterruptedIOException}, as does whoever would have to wait from now on. Any thread.
     */
    public void cancel() {
        Inlet source = inlet;
        if (source != null) {
            source.cancel();
        }
    }

    /** The trailer fields with names in lower case; empty until the content is complete. */
    public Map<String, String> trailers() {
        return decoder instanceof ChunkDecoder chunks && chunks.isComplete()
                ? Map.copyOf(chunks.trailers())
                : trailers;
    }

    /** Forgets the content's memory. */
    void end() {
        collected = EMPTY;
        position = 0;
        limit = 0;
        inlet = null;
        trailers = Map.of();
    }
}
