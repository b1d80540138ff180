package dev.pounce.observe;

import dev.pounce.io.Transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Counts the bytes of a connection. */
final class CountedTransport implements Transport {
    private final Transport transport;
    private final Counters counters;

    CountedTransport(Transport transport, Counters counters) {
        this.transport = transport;
        this.counters = counters;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = transport.read(target);
        if (count > 0) {
            counters.received(count);
        }
        return count;
    }

    @Override
    public long write(ByteBuffer content) throws IOException {
        return sent(transport.write(content));
    }

    @Override
    public long write(ByteBuffer[] content, int count) throws IOException {
        return sent(transport.write(content, count));
    }

    @Override
    public long transfer(FileChannel file, long position, long count) throws IOException {
        return sent(transport.transfer(file, position, count));
    }

    private long sent(long count) {
        counters.sent(count);
        return count;
    }

    @Override
    public void shutdownOutput() throws IOException {
        transport.shutdownOutput();
    }

    @Override
    public void close() {
        transport.close();
    }

    @Override
    public void reset() {
        transport.reset();
    }
}
