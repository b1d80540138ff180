package dev.pounce.servlet.upgrade;

import dev.pounce.exchange.UpgradedConnection;
import dev.pounce.servlet.io.Callbacks;
import dev.pounce.servlet.io.ReadPump;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/** What the client of an upgraded connection sends; waits for it, unless there is a listener. */
final class UpgradeInput extends ServletInputStream {
    private final UpgradedConnection connection;
    private final Callbacks callbacks;
    private volatile @Nullable ReadPump pump;
    private volatile boolean ended;

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
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        ReadPump pumping = pump;
        if (pumping != null) {
            return pumping.read(target, offset, length);
        }
        return receive(ByteBuffer.wrap(target, offset, length));
    }

    private int receive(ByteBuffer target) throws IOException {
        int count = ended ? -1 : connection.read(target);
        ended = count < 0;
        return count;
    }

    @Override
    public int available() {
        ReadPump pumping = pump;
        return pumping == null ? connection.available() : pumping.available();
    }

    @Override
    public boolean isFinished() {
        ReadPump pumping = pump;
        return pumping == null ? ended : pumping.isFinished();
    }

    @Override
    public boolean isReady() {
        ReadPump pumping = pump;
        return pumping == null || pumping.isReady();
    }

    @Override
    public synchronized void setReadListener(ReadListener listener) {
        Objects.requireNonNull(listener, "the read listener must not be null");
        if (pump != null) {
            throw new IllegalStateException("there is a read listener already");
        }
        ReadPump made =
                new ReadPump(new Source(), listener, callbacks, failure -> connection.close());
        pump = made;
        made.start();
    }

    /** The application has closed the connection, and need not be told of anything more. */
    void end() {
        ReadPump pumping = pump;
        if (pumping != null) {
            pumping.end();
        }
    }

    private final class Source implements ReadPump.Source {
        @Override
        public int read(byte[] target) throws IOException {
            return receive(ByteBuffer.wrap(target));
        }

        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public void cancel() {
            // the connection's end, which follows, ends every read
        }
    }
}
