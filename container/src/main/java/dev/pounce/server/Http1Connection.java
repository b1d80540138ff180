package dev.pounce.server;

import dev.pounce.io.Deadline;
import dev.pounce.io.EventLoop;
import dev.pounce.io.LeadingThread;
import dev.pounce.io.PlainTransport;
import dev.pounce.io.Transport;
import dev.pounce.observe.CloseReason;
import dev.pounce.protocol.ConnectionState;
import dev.pounce.protocol.ConnectionState.Event;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.protocol.RequestHead;
import dev.pounce.protocol.RequestParser;
import dev.pounce.route.Handler;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The life of one HTTP/1.1 connection on its worker.
 *
 * <p>The worker's thread alone changes anything here. While an exchange owns the connection (state
 * {@link ConnectionState#EXCHANGE}) its thread reads and writes the transport itself and sends
 * messages: {@link #await} and {@link #release}.
 */
final class Http1Connection implements EventLoop.Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Http1Connection.class);
    private static final int LINGER_BYTES = 64 << 10;
    private static final long FIRST_REQUEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Worker worker;
    private final Transport transport;
    private final Peer peer;
    private final Carry carry = new Carry();
    private final Deadline deadline = new ConnectionDeadline();
    private final Interest interest = new Interest();
    private final Tenant tenant;
    private ConnectionState state = ConnectionState.IDLE;
    private @Nullable Unsent unsent;

    /** How long the client may take nothing of that. */
    private long patience;

    private @Nullable ContentCollector collector;
    private boolean closing;
    private int held;
    private long lingered;
    private @Nullable CloseReason reason;

    Http1Connection(Worker worker, Transport transport, Peer peer) {
        this.worker = worker;
        this.transport = transport;
        this.peer = peer;
        this.tenant = new Tenant(worker, deadline, interest);
    }

    /** What a thread has before its first connection. */
    static Http1Connection unconnected(Worker worker) {
        InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            SocketChannel closed = SocketChannel.open();
            closed.close();
            Peer nobody = new Peer(nowhere, nowhere, -1, worker.index());
            return new Http1Connection(worker, new PlainTransport(closed), nobody);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins to wait for the first request. */
    void opened(SelectionKey registered) {
        interest.in(registered);
        setDeadline(worker.limits().headNanos());
        worker.server().observer().opened(peer);
    }

    /** Says why the connection is about to be closed; what was said first counts. */
    void because(CloseReason cause) {
        if (reason == null) {
            reason = cause;
        }
    }

    Transport transport() {
        return transport;
    }

    ConnectionState state() {
        return state;
    }

    Peer peer() {
        return peer;
    }

    Carry carry() {
        return carry;
    }

    private void on(Event event) {
        state = state.on(event);
    }

    private void setDeadline(long nanos) {
        deadline.set(worker.deadlines(), worker.now() + nanos);
    }

    // --- readiness -----------------------------------------------------------------------------

    @Override
    public void ready(int operations) {
        try {
            // one of them: what comes after may have lost the lead, and readiness comes again
            if ((operations & SelectionKey.OP_WRITE) != 0) {
                writable();
            } else if ((operations & SelectionKey.OP_READ) != 0) {
                readable();
            }
        } catch (IOException e) {
            LOG.debug("the client is gone: {}", e.getMessage());
            close();
        }
    }

    private void readable() throws IOException {
        switch (state) {
            case IDLE, HEAD -> worker.turn().read(this);
            case COLLECTING -> worker.turn().readContent(this, Objects.requireNonNull(collector));
            case LINGERING -> drop();
            case EXCHANGE, UPGRADED -> {
                if (!tenant.ready(SelectionKey.OP_READ)) {
                    // level-triggered readiness nobody asked for: a later wait arms it again
                    interest.disarm(SelectionKey.OP_READ);
                }
            }
            case WRITING -> interest.disarm(SelectionKey.OP_READ);
            case CLOSED -> {}
        }
    }

    private void writable() throws IOException {
        interest.disarm(SelectionKey.OP_WRITE);
        if (state == ConnectionState.WRITING) {
            writeUnsent();
        } else {
            tenant.ready(SelectionKey.OP_WRITE);
        }
    }

    @Override
    public void failed(Throwable failure) {
        LOG.error("connection {} failed in state {}", peer.id(), state, failure);
        because(CloseReason.FAILURE);
        reset();
    }

    // --- carry ---------------------------------------------------------------------------------

    /** What is known of the request whose head or content has not come whole. */
    RequestHead received(RequestParser parser, RequestHead target) {
        ContentCollector started = collector;
        if (started != null) {
            return started.head();
        }
        RequestParser.unknown(target);
        try {
            carry.parse(parser, target);
        } catch (ProtocolException e) {
            LOG.trace("the head is known as far as it could be read", e);
        }
        return target;
    }

    /** Part of a head is in the carry; from now on the whole head has one deadline. */
    void headStarted() {
        if (state != ConnectionState.HEAD) {
            on(Event.HEAD_PART);
            setDeadline(worker.limits().headNanos());
        }
    }

    /** Serves the carry when the other connections had their turn. */
    void resumeLater() {
        // what comes meanwhile, an end above all, is behind what waits here
        interest.disarm(SelectionKey.OP_READ);
        worker.post(
                () -> {
                    interest.arm(SelectionKey.OP_READ);
                    boolean waiting =
                            state == ConnectionState.IDLE || state == ConnectionState.HEAD;
                    if (waiting && carry.length() > 0) {
                        worker.turn().resume(this);
                    }
                });
    }

    /**
     * Counts what is held in memory now.
     *
     * @return false when this connection holds more than before and all together hold too much
     */
    boolean account() {
        Unsent rest = unsent;
        ContentCollector collecting = collector;
        int before = held;
        held =
                carry.held()
                        + (rest == null ? 0 : rest.length())
                        + (collecting == null ? 0 : collecting.held());
        return held == before || worker.held().change(before, held);
    }

    /** Whether this connection has served a request and waits for the next one. */
    boolean isKeptAlive() {
        return state == ConnectionState.IDLE && peer.requests() > 0;
    }

    /** The time at which a kept connection would be closed: the longest idle one's comes first. */
    long idleUntil() {
        return deadline.at();
    }

    /**
     * Ends an idle connection so that another one can be accepted; false when a request has just
     * come.
     *
     * @param atOnce whether there is no time for a linger
     */
    boolean giveWay(boolean atOnce) {
        ByteBuffer target = worker.dropBuffer().clear();
        try {
            if (transport.read(target) > 0) {
                byte[] came = new byte[target.position()];
                target.flip().get(came);
                carry.add(came, 0, came.length);
                account();
                headStarted();
                resumeLater();
                return false;
            }
        } catch (IOException e) {
            LOG.debug("the client is gone: {}", e.getMessage());
        }
        because(CloseReason.GAVE_WAY);
        if (atOnce) {
            close();
        } else {
            linger();
        }
        return true;
    }

    // --- answers in place ----------------------------------------------------------------------

    boolean mayServeAnother() {
        int max = worker.limits().maxRequests();
        return !worker.isDraining() && (max == 0 || peer.requests() < max);
    }

    /** Requests were answered in place, or an exchange came back, and the connection is kept. */
    void becomeIdle() {
        on(Event.RELEASED);
        setDeadline(worker.limits().keepAliveNanos());
    }

    void closeAfterSending() {
        because(CloseReason.LAST_RESPONSE);
        closing = true;
    }

    boolean isStalled() {
        return unsent != null;
    }

    /** Keeps what the socket did not take; reading pauses until it is gone. */
    void keepUnsent(ByteBuffer rest) {
        unsent().add(rest);
    }

    /** Keeps what the socket did not take of a file, and lets it go in the end. */
    void keepUnsent(FileRest rest) {
        unsent().add(rest);
    }

    private Unsent unsent() {
        Unsent all = unsent;
        if (all == null) {
            all = new Unsent();
            unsent = all;
        }
        return all;
    }

    /**
     * The turn's answers were given to the socket as far as it took them.
     *
     * @param writeNanos how long the client may take nothing of the rest
     */
    void sent(long writeNanos) {
        if (unsent != null) {
            on(Event.STALLED);
            patience = writeNanos;
            setDeadline(patience);
            interest.arm(SelectionKey.OP_WRITE);
            if (!account()) {
                LOG.warn(
                        "connection {} is reset: limits.held leaves no room for an answer that the"
                                + " client does not take",
                        peer.id());
                reset();
            }
        } else if (closing) {
            linger();
        }
    }

    private void writeUnsent() throws IOException {
        try {
            if (Objects.requireNonNull(unsent).writeTo(transport)) {
                unsent = null;
            }
        } catch (EOFException e) {
            LOG.warn("connection {} is reset: {}", peer.id(), e.getMessage());
            because(CloseReason.FAILURE);
            reset();
            return;
        }
        if (unsent != null) {
            account();
            setDeadline(patience);
            interest.arm(SelectionKey.OP_WRITE);
            return;
        }
        account();
        if (closing) {
            linger();
            return;
        }
        if (collector != null) {
            on(Event.CONTENT_EXPECTED);
            contentCame();
            interest.arm(SelectionKey.OP_READ);
            return;
        }
        on(Event.RELEASED);
        setDeadline(worker.limits().keepAliveNanos());
        proceed();
    }

    /** What a kept connection does next: serve what it carries, or wait. */
    private void proceed() throws IOException {
        if (carry.length() > 0) {
            headStarted();
            // the carry may be part of a head only, and what waits for the rest must see it come
            interest.arm(SelectionKey.OP_READ);
            worker.turn().resume(this);
        } else {
            interest.arm(SelectionKey.OP_READ);
            if (worker.isDraining()) {
                drain();
            }
        }
    }

    // --- content of fused requests -------------------------------------------------------------

    void collect(ContentCollector started) {
        started.handler().acquire();
        collector = started;
        on(Event.CONTENT_EXPECTED);
        started.began(worker.now());
        contentCame();
    }

    /** More of the content came, or is still to come: how long the rest may take. */
    void contentCame() {
        ContentCollector collecting = Objects.requireNonNull(collector);
        deadline.set(worker.deadlines(), collecting.due());
    }

    /** The content is complete, or never will be. */
    void collected() {
        ContentCollector ended = collector;
        if (ended != null) {
            collector = null;
            ended.handler().release();
        }
    }

    // --- exchanges on other threads ------------------------------------------------------------

    /**
     * Gives the connection to an exchange that stands alone, on a thread of its own.
     *
     * @param rest received bytes behind the head
     */
    void handOver(RequestHead head, Handler handler, long framing, byte[] rest) {
        detach(head, handler);
        handler.acquire();
        ExchangeTask task = ExchangeTask.alone(this, worker, head, handler, framing, rest);
        tenant.start(task, handler);
    }

    /**
     * From now on an exchange owns the connection, which another thread than the leader runs.
     *
     * @param head of its request; not changed until the exchange releases the connection
     * @param running who answers it
     */
    void detach(RequestHead head, @Nullable Handler running) {
        on(Event.HANDED_OVER);
        tenant.comes(head, running);
        account();
    }

    /** How long the client may take nothing of the response of the exchange. */
    long writeNanos() {
        return tenant.writeNanos();
    }

    /** Waits until the socket takes something, for a bounded time; as {@link #await} does. */
    Wait.Cause awaitWritable() {
        return await(SelectionKey.OP_WRITE, writeNanos());
    }

    /**
     * Waits until the transport is ready. Called by a thread of the exchange, which parks; one may
     * read while another one writes.
     *
     * @param nanos how long at most
     */
    Wait.Cause await(int operation, long nanos) {
        return await(ConnectionState.EXCHANGE, operation, nanos);
    }

    /** As {@link #await} does, for the threads that speak another protocol. */
    Wait.Cause awaitUpgraded(int operation, long nanos) {
        return await(ConnectionState.UPGRADED, operation, nanos);
    }

    private Wait.Cause await(ConnectionState owner, int operation, long nanos) {
        Wait mine = new Wait(operation);
        LeadingThread.beforeWaiting();
        worker.post(() -> startWait(owner, mine, nanos));
        return mine.park();
    }

    /** Nobody is to wait for the client until the exchange has ended. Any thread. */
    void endReading() {
        worker.post(tenant::endReading);
    }

    private void startWait(ConnectionState owner, Wait started, long nanos) {
        if (state == owner) {
            tenant.parks(started, nanos);
        } else {
            started.wake(Wait.Cause.GONE);
        }
    }

    /**
     * Gives the connection back to the worker; the last thing an exchange does with it. Called by
     * the exchange's thread.
     *
     * @param end what becomes of the connection
     * @param rest received bytes that the exchange did not consume
     */
    void release(ExchangeEnd end, byte[] rest) {
        worker.post(() -> released(end, rest));
    }

    private void released(ExchangeEnd end, byte[] rest) {
        if (state == ConnectionState.CLOSED) {
            return;
        }
        tenant.leaves();
        carry.set(rest);
        account();
        try {
            switch (end) {
                case PERSIST -> {
                    becomeIdle();
                    proceed();
                }
                case CLOSE -> {
                    because(CloseReason.LAST_RESPONSE);
                    linger();
                }
                case RESET -> reset();
                case UPGRADE ->
                        throw new IllegalStateException("the owner changes, nobody gives it back");
            }
        } catch (IOException e) {
            close();
        }
    }

    // --- another protocol ----------------------------------------------------------------------

    /** HTTP has ended here, and its deadlines with it. */
    void upgraded(UpgradedHttp1 next) {
        if (state == ConnectionState.CLOSED) {
            next.closed();
            return;
        }
        on(Event.UPGRADE);
        tenant.upgrades(next);
    }

    // --- the end -------------------------------------------------------------------------------

    /**
     * Closes when no request is on its way; otherwise that one is answered and closes. A client
     * that has only just connected has not sent its request yet, and gets a little time for it.
     */
    void drain() throws IOException {
        if (state == ConnectionState.IDLE) {
            worker.turn().read(this);
            if (state == ConnectionState.IDLE && peer.requests() == 0) {
                setDeadline(Math.min(FIRST_REQUEST_NANOS, worker.limits().headNanos()));
            } else if (state == ConnectionState.IDLE) {
                because(CloseReason.SHUTDOWN);
                linger();
            }
        }
    }

    /** Ends the connection so that the peer gets all that was sent: a reset would destroy it. */
    void linger() {
        on(Event.LINGER);
        tenant.evict();
        carry.clear();
        collected();
        account();
        try {
            transport.shutdownOutput();
            setDeadline(worker.limits().lingerNanos());
            interest.arm(SelectionKey.OP_READ);
            drop();
        } catch (IOException e) {
            close();
        }
    }

    private void drop() throws IOException {
        ByteBuffer target = worker.dropBuffer();
        while (true) {
            int count = transport.read(target.clear());
            if (count == 0) {
                return;
            }
            lingered += count;
            if (count < 0 || lingered > Math.max(LINGER_BYTES, worker.limits().maxSwallow())) {
                close();
                return;
            }
        }
    }

    /** Whether such a handler has its request, or waits for its content. */
    boolean isFor(Predicate<Handler> which) {
        ContentCollector collecting = collector;
        return tenant.isFor(which) || collecting != null && which.test(collecting.handler());
    }

    /** Ends at the shutdown: what has a request is cut off, and logged. */
    void cutOff() {
        cutOff(CloseReason.SHUTDOWN);
    }

    /** Ends while it has a request, which is cut off, and logged. */
    void cutOff(CloseReason why) {
        String running = tenant.description();
        ContentCollector collecting = collector;
        if (running != null) {
            LOG.warn("cut off: {}", running);
        } else if (collecting != null) {
            LOG.warn(
                    "cut off: {}, in its content",
                    CutOff.describe(worker, collecting.head(), collecting.began()));
        } else if (state == ConnectionState.HEAD || state == ConnectionState.WRITING) {
            LOG.warn("cut off: connection {} in state {}", peer.id(), state);
        }
        because(why);
        reset();
    }

    /** Closes so that the peer cannot take what it has for a whole answer. */
    void reset() {
        if (state != ConnectionState.CLOSED) {
            because(CloseReason.ABORTED);
            transport.reset();
            close();
        }
    }

    /** Closes at once. */
    void close() {
        if (state == ConnectionState.CLOSED) {
            return;
        }
        ContentCollector unfinished = collector;
        if (unfinished != null && state == ConnectionState.COLLECTING) {
            worker.turn().abandoned(this, unfinished.head(), reason == null);
        }
        because(CloseReason.CLIENT);
        on(Event.CLOSE);
        transport.close();
        deadline.cancel(worker.deadlines());
        carry.clear();
        Unsent dropped = unsent;
        if (dropped != null) {
            unsent = null;
            dropped.drop();
        }
        collected();
        account();
        worker.closed();
        worker.server().observer().closed(peer, Objects.requireNonNull(reason));
        tenant.closed();
    }

    private final class ConnectionDeadline extends Deadline {

        @Override
        protected void expired(long now) {
            switch (state) {
                case IDLE -> {
                    because(CloseReason.IDLE);
                    linger();
                }
                case HEAD -> timeout("the head did not come in time");
                case COLLECTING -> timeout("the content did not come in time");
                case EXCHANGE, UPGRADED -> tenant.expire(now);
                case WRITING -> {
                    because(CloseReason.WRITE_TIMEOUT);
                    reset();
                }
                case LINGERING -> close();
                case CLOSED -> {}
            }
        }

        private void timeout(String what) {
            worker.turn()
                    .refuse(
                            Http1Connection.this,
                            new ProtocolException(408, "POUNCE_TIMEOUT_REQUEST", what));
        }
    }
}
