package dev.pounce.io;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/** A TCP connection without encryption. */
public final class PlainTransport implements Transport {
    private final SocketChannel channel;

    /**
     * @param channel a connected channel in non-blocking mode
     */
    public PlainTransport(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return channel.read(target);
    }

    @Override
    public long write(ByteBuffer content) throws IOException {
        return channel.write(content);
    }

    @Override
    public long write(ByteBuffer[] content, int count) throws IOException {
        return channel.write(content, 0, count);
    }

    @Override
    public long transfer(FileChannel file, long position, long count) throws IOException {
        return file.transferTo(position, count, channel);
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // the descriptor is gone either way, and so is the peer
        }
    }

    @Override
    public void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // an unconnected socket cannot be reset, only closed
        }
        close();
    }
}
