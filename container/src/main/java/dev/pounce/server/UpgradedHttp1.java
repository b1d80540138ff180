package dev.pounce.server;

import dev.pounce.exchange.ClientGoneException;
import dev.pounce.exchange.ConnectionInfo;
import dev.pounce.exchange.Upgrade;
import dev.pounce.exchange.UpgradedConnection;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What owns a connection when HTTP has ended on it. Its threads read and write the transport
 * themselves, one each, and park when there is no progress, as the threads of an exchange do.
 */
final class UpgradedHttp1 implements UpgradedConnection {
    private static final Logger LOG = LoggerFactory.getLogger(UpgradedHttp1.class);

    private final Http1Connection connection;
    private final Worker worker;
    private final Upgrade upgrade;
    private final Runnable ended;
    private final ByteBuffer carry;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Both the callback and the connection have to end before the webapp may. */
    private final AtomicInteger unfinished = new AtomicInteger(2);

    private volatile long readNanos = Wait.FOR_EVER;

    /**
     * @param rest bytes that were received behind the request
     * @param upgrade what speaks the other protocol
     * @param ended called when neither the callback nor the connection goes on
     */
    UpgradedHttp1(
            Http1Connection connection,
            Worker worker,
            byte[] rest,
            Upgrade upgrade,
            Runnable ended) {
        this.upgrade = upgrade;
        this.connection = connection;
        this.worker = worker;
        this.ended = ended;
        this.carry = ByteBuffer.wrap(rest);
    }

    /** Takes the connection over and begins to speak the other protocol, on this thread. */
    void run() {
        worker.post(() -> connection.upgraded(this));
        try {
            upgrade.begin(this);
        } catch (ClientGoneException e) {
            LOG.debug("the client is gone: {}", e.getMessage());
            end(ExchangeEnd.RESET);
        } catch (Throwable e) {
            LOG.error("an upgraded connection failed", e);
            end(ExchangeEnd.RESET);
        } finally {
            finished();
        }
    }

    @Override
    public ConnectionInfo info() {
        return connection.peer();
    }

    @Override
    public int available() {
        return carry.remaining();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            return 0;
        }
        if (carry.hasRemaining()) {
            int count = Math.min(carry.remaining(), target.remaining());
            target.put(target.position(), carry, carry.position(), count);
            target.position(target.position() + count);
            carry.position(carry.position() + count);
            return count;
        }
        while (true) {
            int count;
            try {
                count = connection.transport().read(target);
            } catch (IOException e) {
                throw gone(new ClientGoneException(e));
            }
            if (count != 0) {
                return count;
            }
            switch (connection.awaitUpgraded(SelectionKey.OP_READ, readNanos)) {
                case READY -> {}
                case GONE, CANCELLED ->
                        throw gone(new ClientGoneException("the connection is closed"));
                case DEADLINE -> throw new SocketTimeoutException("nothing came in time");
            }
        }
    }

    @Override
    public void write(ByteBuffer content) throws IOException {
        while (content.hasRemaining()) {
            long count;
            try {
                count = connection.transport().write(content);
            } catch (IOException e) {
                throw gone(new ClientGoneException(e));
            }
            if (count == 0) {
                switch (connection.awaitUpgraded(SelectionKey.OP_WRITE, connection.writeNanos())) {
                    case READY -> {}
                    case GONE, CANCELLED ->
                            throw gone(new ClientGoneException("the connection is closed"));
                    case DEADLINE ->
                            throw gone(new ClientGoneException("the client took nothing in time"));
                }
            }
        }
    }

    @Override
    public void readTimeout(long nanos) {
        readNanos = nanos == 0 ? Wait.FOR_EVER : nanos;
    }

    @Override
    public void close() {
        end(ExchangeEnd.CLOSE);
    }

    /** Nothing can be done with the connection any more, whether its owner closes it or not. */
    private ClientGoneException gone(ClientGoneException why) {
        end(ExchangeEnd.RESET);
        return why;
    }

    private void end(ExchangeEnd how) {
        if (closed.compareAndSet(false, true)) {
            connection.release(how, new byte[0]);
        }
    }

    private void finished() {
        if (unfinished.decrementAndGet() == 0) {
            worker.execute(this::end);
        }
    }

    private void end() {
        try {
            upgrade.ended();
        } catch (Throwable e) {
            LOG.error("an upgraded connection failed at its end", e);
        } finally {
            ended.run();
        }
    }

    /** The connection is closed. Called by the thread that leads its worker. */
    void closed() {
        finished();
    }
}
