package dev.pounce.servlet.upgrade;

import dev.pounce.exchange.UpgradedConnection;
import dev.pounce.servlet.io.Callbacks;
import dev.pounce.servlet.io.WritePump;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * What the client of an upgraded connection is sent. A write returns when the kernel has the bytes,
 * or at once where there is a listener.
 */
final class UpgradeOutput extends ServletOutputStream {
    private final UpgradedConnection connection;
    private final Callbacks callbacks;
    private volatile @Nullable WritePump pump;

    UpgradeOutput(UpgradedConnection connection, Callbacks callbacks) {
        this.connection = connection;
        this.callbacks = callbacks;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] content, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, content.length);
        WritePump pumping = pump;
        if (pumping == null) {
            connection.write(ByteBuffer.wrap(content, offset, length));
        } else {
            pumping.write(content, offset, length);
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
        WritePump made =
                new WritePump(new Target(), listener, callbacks, failure -> connection.close());
        pump = made;
        made.start();
    }

    /** Ends the connection when everything that was written is with the kernel. */
    void end() {
        WritePump pumping = pump;
        if (pumping == null) {
            connection.close();
        } else {
            pumping.close();
        }
    }

    private final class Target implements WritePump.Target {
        @Override
        public void write(byte[] content, int length) throws IOException {
            connection.write(ByteBuffer.wrap(content, 0, length));
        }

        @Override
        public void flush() {
            // a write returns when the kernel has the bytes
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
