package dev.pounce.servlet.upgrade;

import dev.pounce.exchange.UpgradedConnection;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * What the client of an upgraded connection is sent. Without a listener a write returns when the
 * kernel has the bytes; with one it leaves them to the thread that waits for the listener, and
 * {@link #isReady} says whether they are gone.
 */
final class UpgradeOutput extends ServletOutputStream {
    private final UpgradedConnection connection;
    private final Callbacks callbacks;
    private @Nullable WriteListener listener;
    private byte @Nullable [] pending;
    private @Nullable IOException failure;
    private boolean asked;
    private boolean closed;

    UpgradeOutput(UpgradedConnection connection, Callbacks callbacks) {
        this.connection = connection;
        this.callbacks = callbacks;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] content, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, content.length);
        IOException before = failure;
        if (before != null) {
            throw before;
        }
        if (closed) {
            throw new IOException("the output is closed");
        }
        if (listener == null) {
            connection.write(ByteBuffer.wrap(content, offset, length));
            return;
        }
        if (pending != null) {
            throw new IllegalStateException("written without isReady() having returned true");
        }
        if (length > 0) {
            byte[] copy = new byte[length];
            System.arraycopy(content, offset, copy, 0, length);
            pending = copy;
            notifyAll();
        }
    }

    /** Whether a write returns at once; if not, the listener is told when it does. */
    @Override
    public synchronized boolean isReady() {
        boolean ready = listener == null || pending == null;
        asked |= !ready;
        return ready;
    }

    @Override
    public synchronized void setWriteListener(WriteListener told) {
        Objects.requireNonNull(told, "the write listener must not be null");
        if (listener != null) {
            throw new IllegalStateException("there is a write listener already");
        }
        listener = told;
        asked = true;
        callbacks.start("pounce-upgrade-write", () -> drain(told));
    }

    /** Ends the connection when everything that was written is with the kernel. */
    synchronized void end() {
        closed = true;
        if (listener == null || failure != null) {
            connection.close();
        } else {
            notifyAll();
        }
    }

    /** Writes what the listener has left, and tells it when it asked for that. */
    private void drain(WriteListener told) {
        try {
            while (true) {
                byte[] next = next();
                if (next.length > 0) {
                    connection.write(ByteBuffer.wrap(next));
                    written();
                } else if (isOver()) {
                    connection.close();
                    return;
                }
                if (takeAsked()) {
                    callbacks.call(told::onWritePossible);
                }
            }
        } catch (Throwable e) {
            fail(told, e);
        }
    }

    /** What is to be written, or nothing when only the listener is to be told, or all is over. */
    private synchronized byte[] next() throws InterruptedException {
        while (pending == null && !asked && !closed) {
            wait();
        }
        byte[] next = pending;
        return next == null ? new byte[0] : next;
    }

    private synchronized void written() {
        pending = null;
        notifyAll();
    }

    private synchronized boolean isOver() {
        return closed;
    }

    private synchronized boolean takeAsked() {
        boolean was = asked && pending == null && !closed;
        asked &= !was;
        return was;
    }

    private void fail(WriteListener told, Throwable cause) {
        synchronized (this) {
            failure = cause instanceof IOException io ? io : new IOException(cause);
            notifyAll();
        }
        try {
            callbacks.call(() -> told.onError(cause));
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
        connection.close();
    }
}
