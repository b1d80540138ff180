package dev.pounce.servlet.http;

import dev.pounce.exchange.RequestBody;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;

import java.io.IOException;
import java.util.Objects;

/** A request's content as a servlet reads it; waits where there is none yet. */
final class BridgeInputStream extends ServletInputStream {
    private final RequestBody body;
    private boolean ended;

    BridgeInputStream(RequestBody body) {
        this.body = body;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        int read = body.read(target, offset, length);
        ended |= read < 0;
        return read;
    }

    @Override
    public int available() {
        return body.available();
    }

    @Override
    public boolean isFinished() {
        return ended || body.isComplete();
    }

    @Override
    public boolean isReady() {
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
