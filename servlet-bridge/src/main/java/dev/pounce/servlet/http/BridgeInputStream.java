package dev.pounce.servlet.http;

import dev.pounce.exchange.RequestBody;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;

import java.io.IOException;
import java.util.Objects;

/**
 * A request's content as a servlet reads it; waits where there is none yet. Every access is under
 * the lock of this object, and once it is detached nothing is read: what comes then belongs to the
 * next request.
 */
final class BridgeInputStream extends ServletInputStream {
    private final RequestBody body;
    private boolean ended;
    private boolean detached;

    BridgeInputStream(RequestBody body) {
        this.body = body;
    }

    /** Ends all reading: the request is over. */
    synchronized void detach() {
        detached = true;
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
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        checkAttached();
        int read = body.read(target, offset, length);
        ended |= read < 0;
        return read;
    }

    @Override
    public synchronized int available() {
        return detached ? 0 : body.available();
    }

    @Override
    public synchronized boolean isFinished() {
        return ended || detached || body.isComplete();
    }

    @Override
    public synchronized boolean isReady() {
        return isFinished() || body.available() > 0;
    }

    @Override
    public void setReadListener(ReadListener listener) {
        Objects.requireNonNull(listener, "the read listener must not be null");
        throw new IllegalStateException(
                "a read listener needs asynchronous processing, which this build does not support;"
                        + " read the stream instead, which may wait");
    }
}
