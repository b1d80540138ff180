package dev.pounce.server;

import dev.pounce.exchange.RequestIds;
import dev.pounce.exchange.ResponseHead;
import dev.pounce.exchange.Sink;
import dev.pounce.io.FileBytes;
import dev.pounce.io.SharedFile;
import dev.pounce.protocol.RequestHead;
import dev.pounce.protocol.ResponseFields;
import dev.pounce.protocol.ResponseHeadWriter;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Frames responses for HTTP/1.1 and HTTP/1.0 (RFC 9112 sections 6 and 7). What is small gathers in
 * the queue, so that a head and its first content, or a chunk with its size line, leave in one
 * write.
 */
final class Http1Sink implements Sink {
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_CHUNK = "0\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK_LINE = 18;
    private static final int MAX_CHUNK = 1 << 30;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ResponseHeadWriter writer = new ResponseHeadWriter();
    private final HttpDate date;
    private ByteBuffer queue;
    private Outlet outlet;
    private boolean http11;
    private boolean persistent;
    private boolean chunked;
    private boolean untilClose;

    /** Bytes of content that the head promised and that are still to come; -1 when it did not. */
    private long promised;

    private long contentBytes;

    /**
     * @param outlet where responses leave, unless {@link #begin} says otherwise
     * @param queue the direct buffer that they gather in; larger than any head
     */
    Http1Sink(HttpDate date, Outlet outlet, ByteBuffer queue) {
        this.date = date;
        this.outlet = outlet;
        this.queue = queue;
    }

    /** From now on the response under way leaves there; nothing of it is queued. */
    void leaveBy(Outlet to, ByteBuffer gathering) {
        outlet = to;
        queue = gathering;
    }

    /** Begins the response to a request. */
    void begin(Outlet to, ByteBuffer gathering, RequestHead request) {
        leaveBy(to, gathering);
        http11 = request.isHttp11();
        persistent = Http1Persistence.isWanted(request);
        chunked = false;
        untilClose = false;
        promised = 0;
        contentBytes = 0;
    }

    /** Whether the connection can serve another request after this response. */
    boolean isPersistent() {
        return persistent;
    }

    /** Whether only the connection's end will tell the client where the content ends. */
    boolean isUntilClose() {
        return untilClose;
    }

    @Override
    public long contentBytes() {
        return contentBytes;
    }

    @Override
    public boolean canSendTrailers() {
        return http11;
    }

    @Override
    public void informational(int status, ResponseFields fields) throws IOException {
        if (!http11) {
            return;
        }
        writer.begin(status);
        writer.fields(fields);
        writer.end();
        putHead();
        flush();
    }

    @Override
    public void head(ResponseHead head, long contentLength, boolean content) throws IOException {
        persistent = persistent && !head.closes() && outlet.mayPersist();
        chunked = content && http11 && contentLength < 0;
        untilClose = content && !http11 && contentLength < 0;
        persistent = persistent && !untilClose;
        promised = content ? contentLength : 0;
        writer.begin(head.status());
        if (!head.fields().contains("Date")) {
            writer.put(date.line());
        }
        writer.fields(head.fields());
        String timing = head.serverTiming();
        if (timing != null) {
            writer.field("Server-Timing", timing);
        }
        String requestId = head.requestId();
        if (requestId != null) {
            writer.field(RequestIds.FIELD, requestId);
        }
        if (chunked) {
            writer.chunked();
        } else if (contentLength >= 0 && head.status() != 204) {
            writer.contentLength(contentLength);
        }
        if (!persistent) {
            writer.connectionClose();
        } else if (!http11) {
            writer.connectionKeepAlive();
        }
        writer.end();
        putHead();
    }

    private void putHead() throws IOException {
        if (writer.length() > queue.capacity()) {
            throw new IllegalStateException(
                    "a response head of "
                            + writer.length()
                            + " bytes; at most "
                            + queue.capacity()
                            + " can be sent");
        }
        makeRoom(writer.length());
        writer.copyTo(queue);
    }

    @Override
    public void write(ByteBuffer content) throws IOException {
        int length = content.remaining();
        if (length == 0) {
            return;
        }
        beginChunk(length);
        if (content.isDirect() && length > queue.remaining()) {
            outlet.send(queue.flip(), content);
            queue.clear();
        } else {
            while (content.hasRemaining()) {
                makeRoom(1);
                int count = Math.min(content.remaining(), queue.remaining());
                queue.put(queue.position(), content, content.position(), count);
                queue.position(queue.position() + count);
                content.position(content.position() + count);
            }
        }
        endChunk();
    }

    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        beginChunk(length);
        int from = offset;
        int left = length;
        while (left > 0) {
            makeRoom(1);
            int count = Math.min(left, queue.remaining());
            queue.put(content, from, count);
            from += count;
            left -= count;
        }
        endChunk();
    }

    /** What fits into the queue leaves with the head; other bytes are not copied. */
    @Override
    public void transfer(SharedFile file, long position, long count) throws IOException {
        long at = position;
        long end = position + count;
        while (at < end) {
            int length = (int) Math.min(end - at, MAX_CHUNK);
            beginChunk(length);
            if (length <= queue.remaining()) {
                FileBytes.fill(queue, file.channel(), at, length);
            } else if (!chunked && promised == 0) {
                outlet.transferLast(queue, file, at, length);
            } else {
                flush();
                outlet.transfer(file, at, length);
            }
            endChunk();
            at += length;
        }
    }

    private void beginChunk(int length) throws IOException {
        if (promised >= 0) {
            if (length > promised) {
                throw new IllegalStateException(
                        "content of " + (length - promised) + " bytes more than the head promised");
            }
            promised -= length;
        }
        contentBytes += length;
        if (!chunked) {
            return;
        }
        makeRoom(CHUNK_LINE);
        int shift = 28;
        while (shift > 0 && length >>> shift == 0) {
            shift -= 4;
        }
        for (; shift >= 0; shift -= 4) {
            queue.put(HEX[length >>> shift & 0xf]);
        }
        queue.put(CRLF);
    }

    private void endChunk() throws IOException {
        if (chunked) {
            makeRoom(CRLF.length);
            queue.put(CRLF);
        }
    }

    private void makeRoom(int bytes) throws IOException {
        if (queue.remaining() < bytes) {
            flush();
        }
    }

    @Override
    public void flush() throws IOException {
        if (queue.position() > 0) {
            outlet.send(queue.flip(), NOTHING);
            queue.clear();
        }
    }

    @Override
    public void finish(@Nullable ResponseFields trailers) throws IOException {
        if (promised > 0) {
            throw new IllegalStateException(
                    "content of " + promised + " bytes less than the head promised");
        }
        if (chunked) {
            makeRoom(CHUNK_LINE);
            queue.put(LAST_CHUNK);
            if (trailers != null) {
                putTrailers(trailers);
            }
            makeRoom(CRLF.length);
            queue.put(CRLF);
        }
        outlet.ended(queue);
    }

    private void putTrailers(ResponseFields trailers) throws IOException {
        for (int i = 0; i < trailers.size(); i++) {
            byte[] line =
                    (trailers.name(i) + ": " + trailers.value(i) + "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1);
            for (byte b : line) {
                makeRoom(1);
                queue.put(b);
            }
        }
    }

    @Override
    public void abort() {
        persistent = false;
        outlet.abort();
    }
}
