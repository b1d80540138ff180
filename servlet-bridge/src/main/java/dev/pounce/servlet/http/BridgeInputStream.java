package dev.pounce.servlet.http;

import dev.pounce.exchange.ClientGoneException;
import dev.pounce.exchange.RequestBody;
import dev.pounce.servlet.io.ReadPump;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Objects;

/**
 * A request's content as a servlet reads it; waits where there is none yet, unless there is a
 * listener (Servlet specification, section 3.7). Every other access is under the lock of this
 * object, and once it is detached nothing is read: what comes then belongs to the next request.
 */
final class BridgeInputStream extends ServletInputStream {
    private final RequestBody body;
    private final ListenerAccess listeners;
    private volatile @Nullable ReadPump pump;
    private boolean ended;
    private boolean detached;

    BridgeInputStream(RequestBody body, ListenerAccess listeners) {
        this.body = body;
        this.listeners = listeners;
    }

    /** Ends all reading: the request is over. */
    synchronized void detach() {
        detached = true;
    }

    /** The listener is not called any more, and nobody waits for content in its stead. */
    void endListening() {
        ReadPump pumping = pump;
        if (pumping != null) {
            pumping.end();
            pumping.awaitEnd();
        }
    }

    private void checkAttached() throws IOException {
        if (detached) {
            throw new IOException("the content was read after the end of the request");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        ReadPump pumping = pump;
        if (pumping != null) {
            return pumping.read(target, offset, length);
        }
        try {
            return receive(target, offset, length);
        } catch (ClientGoneException e) {
            listeners.lost(e);
            throw e;
        }
    }

    private synchronized int receive(byte[] target, int offset, int length) throws IOException {
        checkAttached();
        int read = body.read(target, offset, length);
        ended |= read < 0;
        return read;
    }

    @Override
    public int available() {
        ReadPump pumping = pump;
        return pumping != null ? pumping.available() : availableNow();
    }

    private synchronized int availableNow() {
        return detached ? 0 : body.available();
    }

    @Override
    public boolean isFinished() {
        ReadPump pumping = pump;
        return pumping != null ? pumping.isFinished() : isFinishedNow();
    }

    private synchronized boolean isFinishedNow() {
        return ended || detached || body.isComplete();
    }

    @Override
    public boolean isReady() {
        ReadPump pumping = pump;
        return pumping != null ? pumping.isReady() : isFinished() || available() > 0;
    }

    @Override
    public synchronized void setReadListener(ReadListener listener) {
        Objects.requireNonNull(listener, "the read listener must not be null");
        if (pump != null) {
            throw new IllegalStateException("there is a read listener already");
        }
        listeners.check();
        ReadPump made =
                new ReadPump(new Source(), listener, listeners.callbacks(), listeners::failed);
        pump = made;
        listeners.begin(made::start);
    }

    /** The content, read by the pump's thread while the exchange is suspended. */
    private final class Source implements ReadPump.Source {
        @Override
        public int read(byte[] target) throws IOException {
            return body.read(target, 0, target.length);
        }

        @Override
        public boolean isComplete() {
            return body.isComplete();
        }

        @Override
        public void cancel() {
            if (!body.isComplete()) {
                body.cancel();
            }
        }
    }
}
