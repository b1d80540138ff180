package dev.pounce.servlet.http;

import dev.pounce.exchange.ClientGoneException;
import dev.pounce.exchange.Response;
import dev.pounce.exchange.SharedContent;
import dev.pounce.io.SharedFile;
import dev.pounce.servlet.io.WritePump;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Objects;

/**
 * A response's content as a servlet writes it. A flush returns when the kernel has everything that
 * was written, encoded.
 *
 * <p>Threads of an application that processes a request asynchronously may write at any time, also
 * when the response has ended and its memory is another's: every access is under the lock of this
 * object, and nothing gets through once it is detached.
 */
final class BridgeOutputStream extends ServletOutputStream {

    /** What becomes of content. */
    private enum State {
        OPEN,
        /** The response is an error or a redirect: the servlet's content has no place in it. */
        SUSPENDED,
        /** As much as the declared length was written, or the servlet closed the stream. */
        CLOSED
    }

    private static final Logger LOG = LoggerFactory.getLogger(BridgeOutputStream.class);

    private final Response response;
    private final ListenerAccess listeners;
    private final @Nullable LateFlush late;
    private volatile @Nullable WritePump pump;
    private State state = State.OPEN;

    BridgeOutputStream(Response response, ResponseServices services) {
        this.response = response;
        listeners = services.listeners();
        long maxDelay = response.maxDelayMillis();
        late = maxDelay > 0 ? new LateFlush(maxDelay, services, this::flushLate) : null;
    }

    /** Whoever waits for the application learns of a client that it finds gone. */
    private ClientGoneException lost(ClientGoneException gone) {
        listeners.lost(gone);
        return gone;
    }

    /** Of bytes that come one by one a line counts as one write. */
    @Override
    public void write(int b) throws IOException {
        WritePump pumping = pump;
        if (pumping != null) {
            pumping.write(new byte[] {(byte) b}, 0, 1);
        } else {
            try {
                writeNow(b);
            } catch (ClientGoneException e) {
                throw lost(e);
            }
        }
    }

    private synchronized void writeNow(int b) throws IOException {
        appendHeld(new byte[] {(byte) b}, 0, 1);
        if (b == '\n') {
            wroteHeld();
        }
    }

    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, content.length);
        WritePump pumping = pump;
        if (pumping != null) {
            pumping.write(content, offset, length);
        } else {
            try {
                writeNow(content, offset, length);
            } catch (ClientGoneException e) {
                throw lost(e);
            }
        }
    }

    private synchronized void writeNow(byte[] content, int offset, int length) throws IOException {
        appendHeld(content, offset, length);
        if (length > 0) {
            wroteHeld();
        }
    }

    /** What was appended is one write. */
    void wrote() throws IOException {
        if (pump == null) {
            try {
                wroteNow();
            } catch (ClientGoneException e) {
                throw lost(e);
            }
        }
    }

    private synchronized void wroteNow() throws IOException {
        wroteHeld();
    }

    /** With the lock held, which a chunk that is flushed need not take four times. */
    private void wroteHeld() throws IOException {
        if (state == State.OPEN) {
            response.wrote();
        }
    }

    /**
     * How many bytes a writer may hold back without anybody seeing the difference; none while
     * somebody else counts or waits for what is written.
     */
    synchronized int gatherable() {
        return state == State.OPEN && pump == null && late == null ? response.gatherable() : 0;
    }

    /**
     * Writes a part of what {@link #wrote} ends. What exceeds the declared length is dropped, since
     * the client has the whole response then (Servlet specification, section 5.7).
     */
    void append(byte[] content, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, content.length);
        WritePump pumping = pump;
        if (pumping != null) {
            pumping.write(content, offset, length);
        } else {
            try {
                appendNow(content, offset, length);
            } catch (ClientGoneException e) {
                throw lost(e);
            }
        }
    }

    private synchronized void appendNow(byte[] content, int offset, int length) throws IOException {
        appendHeld(content, offset, length);
    }

    private void appendHeld(byte[] content, int offset, int length) throws IOException {
        if (state != State.OPEN) {
            return;
        }
        long declared = response.contentLength();
        if (declared < 0) {
            response.append(content, offset, length);
            flushLater();
            return;
        }
        long left = Math.max(0, declared - response.written());
        response.append(content, offset, (int) Math.min(length, left));
        if (length >= left && declared > 0) {
            closeNow();
        } else {
            flushLater();
        }
    }

    /**
     * Writes a part of a file; of a declared length there must be enough left. The stream closes
     * with its last byte, as it does for {@link #write(byte[], int, int)}.
     */
    synchronized void transfer(SharedFile file, long position, long count) throws IOException {
        if (state != State.OPEN) {
            return;
        }
        response.transfer(file, position, count);
        if (response.contentLength() > 0 && response.written() >= response.contentLength()) {
            closeNow();
        } else {
            flushLater();
        }
    }

    /** Writes the whole content and closes; where there is content before it, behind that. */
    synchronized void finish(SharedContent content) throws IOException {
        if (state != State.OPEN) {
            return;
        }
        if (response.written() > 0 || response.isCommitted()) {
            write(content.bytes(), 0, content.bytes().length);
            return;
        }
        closed();
        response.finish(content);
    }

    @Override
    public void flush() throws IOException {
        WritePump pumping = pump;
        if (pumping != null) {
            pumping.flush();
        } else {
            try {
                flushNow();
            } catch (ClientGoneException e) {
                throw lost(e);
            }
        }
    }

    private synchronized void flushNow() throws IOException {
        if (state == State.OPEN) {
            response.flush();
            if (late != null) {
                late.flushed();
            }
        }
    }

    private void flushLater() {
        if (late != null && response.isCommitted()) {
            late.wrote();
        }
    }

    /**
     * Flushes for the application, which may be anywhere but in here. If that fails, the
     * application learns it when it writes again.
     */
    private synchronized void flushLate() {
        LateFlush expired = Objects.requireNonNull(late);
        if (!expired.isDue()) {
            return;
        }
        try {
            flushNow();
        } catch (IOException | RuntimeException e) {
            LOG.debug("a response could not be flushed in time: {}", e.getMessage());
        }
    }

    /** Ends the response. */
    @Override
    public void close() throws IOException {
        WritePump pumping = pump;
        if (pumping != null) {
            pumping.close();
        } else {
            try {
                closeNow();
            } catch (ClientGoneException e) {
                throw lost(e);
            }
        }
    }

    private synchronized void closeNow() throws IOException {
        if (state == State.OPEN) {
            closed();
            response.finish();
        }
    }

    /**
     * Changes the response while nobody writes to it; what is written from then on is dropped.
     *
     * @param change may throw that it is too late
     */
    synchronized void suspend(Runnable change) {
        change.run();
        if (state == State.OPEN) {
            state = State.SUSPENDED;
        }
    }

    /** Changes the response while nobody writes to it. */
    synchronized void alter(Runnable change) {
        change.run();
    }

    /**
     * Takes a suspension back, for the page that describes the error.
     *
     * @param change what is changed before
     */
    synchronized void resume(Runnable change) {
        change.run();
        if (state == State.SUSPENDED) {
            state = State.OPEN;
        }
    }

    /** Drops what is written from now on; the response is not this stream's any more. */
    synchronized void detach() {
        closed();
    }

    private void closed() {
        state = State.CLOSED;
        if (late != null) {
            late.stop();
        }
    }

    @Override
    public boolean isReady() {
        WritePump pumping = pump;
        return pumping == null || pumping.isReady();
    }

    @Override
    public synchronized void setWriteListener(WriteListener listener) {
        Objects.requireNonNull(listener, "the write listener must not be null");
        if (pump != null) {
            throw new IllegalStateException("there is a write listener already");
        }
        listeners.check();
        WritePump made =
                new WritePump(new Target(), listener, listeners.callbacks(), listeners::failed);
        pump = made;
        listeners.begin(made::start);
    }

    /** The listener is not called any more, and what was taken from it is written. */
    void endListening() {
        WritePump pumping = pump;
        if (pumping != null) {
            pumping.end();
            pumping.awaitEnd();
            pump = null;
        }
    }

    /** The response, written by the pump's thread while the exchange is suspended. */
    private final class Target implements WritePump.Target {
        @Override
        public void write(byte[] content, int length) throws IOException {
            writeNow(content, 0, length);
        }

        @Override
        public void flush() throws IOException {
            flushNow();
        }

        @Override
        public void close() throws IOException {
            closeNow();
        }
    }
}
