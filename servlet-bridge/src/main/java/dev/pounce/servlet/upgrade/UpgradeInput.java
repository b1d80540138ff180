package dev.pounce.servlet.upgrade;

import dev.pounce.exchange.UpgradedConnection;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * What the client of an upgraded connection sends. Received bytes are in a buffer, which is filled
 * by whoever reads, or by the thread that waits for a listener: never by both, for with a listener
 * a read takes only what is there.
 */
final class UpgradeInput extends ServletInputStream {
    private static final int BUFFER = 8 << 10;

    private final UpgradedConnection connection;
    private final Callbacks callbacks;
    private final ByteBuffer received = ByteBuffer.allocate(BUFFER).flip();
    private @Nullable ReadListener listener;
    private boolean ended;
    private boolean asked;
    private boolean over;

    UpgradeInput(UpgradedConnection connection, Callbacks callbacks) {
        this.connection = connection;
        this.callbacks = callbacks;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!received.hasRemaining()) {
            if (listener != null && !ended) {
                throw new IllegalStateException("read without isReady() having returned true");
            }
            if (ended || !fill()) {
                return -1;
            }
        }
        int count = Math.min(length, received.remaining());
        received.get(target, offset, count);
        return count;
    }

    private boolean fill() throws IOException {
        received.clear();
        int count;
        try {
            count = connection.read(received);
        } finally {
            received.flip();
        }
        ended = count < 0;
        return !ended;
    }

    @Override
    public synchronized int available() {
        return received.remaining() + (listener == null ? connection.available() : 0);
    }

    @Override
    public synchronized boolean isFinished() {
        return ended && !received.hasRemaining();
    }

    /** Whether a read returns at once; if not, and there is a listener, it is told when it does. */
    @Override
    public synchronized boolean isReady() {
        boolean ready = received.hasRemaining() || ended || listener == null;
        if (!ready && !asked) {
            asked = true;
            notifyAll();
        }
        return ready;
    }

    @Override
    public synchronized void setReadListener(ReadListener told) {
        Objects.requireNonNull(told, "the read listener must not be null");
        if (listener != null) {
            throw new IllegalStateException("there is a read listener already");
        }
        listener = told;
        asked = true;
        callbacks.start("pounce-upgrade-read", () -> feed(told));
    }

    /** Reads when the listener has asked for more, and tells it. */
    private void feed(ReadListener told) {
        try {
            while (true) {
                if (!awaitAsked()) {
                    return;
                }
                ByteBuffer next = ByteBuffer.allocate(BUFFER);
                int count = received.hasRemaining() ? 0 : connection.read(next);
                boolean over = take(next.flip(), count);
                callbacks.call(over ? told::onAllDataRead : told::onDataAvailable);
                if (over) {
                    return;
                }
            }
        } catch (Throwable e) {
            fail(told, e);
        }
    }

    private synchronized boolean awaitAsked() throws InterruptedException {
        while (!asked && !over) {
            wait();
        }
        return !over;
    }

    private synchronized boolean take(ByteBuffer next, int count) {
        asked = false;
        if (count < 0) {
            ended = true;
        } else if (count > 0) {
            received.clear().put(next).flip();
        }
        return isFinished();
    }

    /** The application has closed the connection, and need not be told of anything more. */
    synchronized void end() {
        over = true;
        notifyAll();
    }

    private void fail(ReadListener told, Throwable failure) {
        synchronized (this) {
            ended = true;
            if (over) {
                return;
            }
        }
        try {
            callbacks.call(() -> told.onError(failure));
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
        connection.close();
    }
}
