package dev.pounce.server;

import dev.pounce.exchange.ClientGoneException;
import dev.pounce.exchange.ContentLimits;
import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.Inlet;
import dev.pounce.io.SharedFile;
import dev.pounce.protocol.ProtocolException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.Objects;

/**
 * A connection in the hands of an exchange's thread: reads and writes the non-blocking transport
 * itself and parks when there is no progress. Used by that thread only.
 */
final class HeldConnection implements Inlet, Outlet {
    private static final byte[] NONE = {};

    private final Http1Connection connection;
    private final Worker worker;
    private final ServerSettings settings;
    private final ParkingOutput output = new ParkingOutput();
    private ByteBuffer received;
    private @Nullable ByteBuffer pooled;
    private @Nullable Exchange exchange;
    private volatile boolean cancelled;
    private long receivedBytes;
    private long waitedNanos;

    /**
     * @param settings what the exchange began with
     * @param carried bytes that the worker received behind the head, or behind the content where
     *     that was complete
     */
    HeldConnection(
            Http1Connection connection, Worker worker, ServerSettings settings, byte[] carried) {
        this.connection = connection;
        this.worker = worker;
        this.settings = settings;
        this.received = ByteBuffer.wrap(carried);
    }

    void begin(Exchange owner) {
        exchange = owner;
    }

    @Override
    public @Nullable ByteBuffer receive() throws IOException {
        if (received.hasRemaining()) {
            return received;
        }
        ByteBuffer target = pooled;
        if (target == null) {
            target = settings.responses().buffers().take();
            pooled = target;
        }
        target.clear().limit(0);
        received = target;
        while (true) {
            target.limit(target.capacity());
            int count;
            try {
                count = connection.transport().read(target);
            } catch (IOException e) {
                throw new ClientGoneException(e);
            } finally {
                target.flip();
            }
            if (count != 0) {
                receivedBytes += count;
                return count < 0 ? null : target;
            }
            awaitContent();
        }
    }

    @Override
    public int available() {
        return received.remaining();
    }

    /** Only the time that the client is waited for counts: an application may take its own. */
    private void awaitContent() throws IOException {
        ContentLimits limits = Objects.requireNonNull(exchange).limits();
        long begin = worker.server().clock().getAsLong();
        long patience = limits.contentNanos(receivedBytes) - waitedNanos;
        Wait.Cause cause = connection.await(SelectionKey.OP_READ, patience);
        if (limits.contentRate() > 0) {
            waitedNanos += worker.server().clock().getAsLong() - begin;
        }
        switch (cause) {
            case READY -> {}
            case GONE -> throw new ClientGoneException("the connection is closed");
            case CANCELLED -> throw new InterruptedIOException("nobody waits for the content");
            case DEADLINE ->
                    throw new ProtocolException(
                            408, "POUNCE_TIMEOUT_REQUEST", "the content did not come in time");
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        connection.endReading();
    }

    @Override
    public void send(ByteBuffer queue, ByteBuffer content) throws IOException {
        output.write(connection, queue, content);
    }

    @Override
    public void transfer(SharedFile file, long position, long count) throws IOException {
        output.transfer(connection, file.channel(), position, count);
    }

    @Override
    public void ended(ByteBuffer queue) throws IOException {
        send(queue.flip(), ByteBuffer.allocate(0));
        queue.clear();
    }

    @Override
    public void abort() {
        // the exchange ends with a reset as soon as its handler returns
    }

    @Override
    public boolean mayPersist() {
        Exchange owner = exchange;
        // nobody waits for the rest of content whose reading was cancelled, to read over it
        return !cancelled
                && connection.mayServeAnother()
                && (owner == null || owner.canDiscardContent(owner.limits().maxSwallow()));
    }

    /** Gives buffers back and returns the bytes that nobody consumed. */
    byte[] end() {
        byte[] rest = received.hasRemaining() ? new byte[received.remaining()] : NONE;
        received.get(rest);
        ByteBuffer target = pooled;
        if (target != null) {
            settings.responses().buffers().give(target);
            pooled = null;
        }
        return rest;
    }
}
