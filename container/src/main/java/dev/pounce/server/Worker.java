package dev.pounce.server;

import dev.pounce.io.Deadlines;
import dev.pounce.io.EventLoop;
import dev.pounce.io.Lead;
import dev.pounce.io.LeadLostException;
import dev.pounce.io.PlainTransport;
import dev.pounce.io.Transport;
import dev.pounce.io.Watchdog;
import dev.pounce.observe.CloseReason;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.route.Handler;
import dev.pounce.route.Pace;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * An {@link EventLoop} and the threads of which one leads it: it owns idle connections, reads and
 * parses heads, and runs what is answered in place. Where a method does not say otherwise, only the
 * thread that leads may call it.
 */
final class Worker implements Watchdog.Watched {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int LINGERING_OVER = 8;
    private static final int DROP_BYTES = 16 << 10;

    private final HttpServer server;
    private final int index;
    private final EventLoop loop;
    private final Leaders leaders;
    private final IdleConnections idle;
    private final HeldBytes held;
    private final ByteBuffer dropBuffer = ByteBuffer.allocateDirect(DROP_BYTES);
    private final AtomicInteger connections = new AtomicInteger();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final CompletableFuture<Leader> ended = new CompletableFuture<>();
    private @Nullable Listener listener;
    private volatile boolean draining;
    private boolean listening = true;

    Worker(HttpServer server, int index) throws IOException {
        this.server = server;
        this.index = index;
        this.loop = new EventLoop(server.clock());
        this.idle = new IdleConnections(loop);
        this.held = new HeldBytes(() -> limits().maxHeld() / server.workerCount());
        this.leaders = new Leaders(this, server.config().takeOver().threads());
    }

    /** Starts the first thread. Any thread. */
    void start() {
        leaders.start();
    }

    /** The number of this worker, from 0. Any thread. */
    int index() {
        return index;
    }

    /**
     * Leads the loop until the worker is stopped. Called by the thread that is to lead.
     *
     * @throws LeadLostException when another thread leads it now
     */
    void lead(Leader leader) {
        try {
            if (server.config().cpuAffinity()) {
                leader.pinTo(index);
            }
            leader.lead().begin();
            loop.run();
            loop.close();
        } catch (LeadLostException e) {
            throw e;
        } catch (Throwable e) {
            LOG.error("worker {} ended by a failure of its own", index, e);
            server.workerFailed();
        }
        leaders.end();
        ended.complete(leader);
    }

    @Override
    public Lead lead() {
        return leaders.current().lead();
    }

    @Override
    public void takeOver(Lead from) {
        Leader leader = leaders.current();
        Leader next = leader.lead() == from ? leaders.next() : null;
        if (next != null) {
            handOn(leader, next);
        }
    }

    /**
     * Has another thread lead from now on, if this one leads and is in code of unknown length.
     * Called by the thread that leads, which is about to wait, perhaps for this loop: so there is
     * one more thread if need be.
     */
    void giveAway(Leader leader) {
        if (leader.lead().isOccupied()) {
            Leader next = leaders.nextAtAnyRate();
            if (next != null) {
                handOn(leader, next);
            }
        }
        leader.lead().awaitTaken();
    }

    private void handOn(Leader leader, Leader next) {
        Lead from = leader.lead();
        if (!from.take()) {
            leaders.keep(next);
            return;
        }
        // from here until taken() this thread stands in for the leader
        try {
            leader.turn().detach();
            leader.unpin();
            server.observer().takenOver();
        } finally {
            leaders.lead(next);
            from.taken();
        }
    }

    /**
     * Has the threads end that have run application code so far, as soon as they have nothing more
     * to do. Any thread.
     */
    void retireThreads() {
        leaders.retire();
        post(
                () -> {
                    Leader leader = leaders.current();
                    Leader next = leaders.isRetired(leader) ? leaders.next() : null;
                    if (next != null) {
                        leader.unpin();
                        leader.lead().handOn();
                        leaders.lead(next);
                        throw new LeadLostException();
                    }
                });
    }

    HttpServer server() {
        return server;
    }

    ServerLimits limits() {
        return server.settings().limits();
    }

    Deadlines deadlines() {
        return loop.deadlines();
    }

    /** The loop's time in nanoseconds; any thread, where a slightly old value does no harm. */
    long now() {
        return loop.deadlines().now();
    }

    /** The buffers and the code of whoever leads this loop. */
    Turn turn() {
        return leaders.current().turn();
    }

    /** What the connections hold in memory. */
    HeldBytes held() {
        return held;
    }

    ByteBuffer dropBuffer() {
        return dropBuffer;
    }

    boolean isDraining() {
        return draining;
    }

    /** Has a message run by this worker. Any thread. */
    void post(Runnable message) {
        loop.post(message);
    }

    /** Completes when the turn under way has ended. Any thread. */
    CompletableFuture<Void> turnEnd() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        post(() -> end.complete(null));
        return end;
    }

    /** Runs an exchange on a virtual thread. Any thread. */
    void execute(Runnable task) {
        server.execute(task);
    }

    /**
     * Runs an exchange on a thread of those that its handler has. Any thread.
     *
     * @param isLong whether it is likely to take long; not where it only waits for its content
     */
    void execute(Handler handler, Runnable task, boolean isLong) {
        Executor own = handler.executor();
        if (own != null) {
            own.execute(task);
        } else if (!isLong || !server.platformThreads().execute(task)) {
            execute(task);
        }
    }

    /** Begins to speak another protocol, on a thread that may do so for ever. Any thread. */
    void speak(UpgradedHttp1 upgraded) {
        if (Thread.currentThread().isVirtual()) {
            upgraded.run();
        } else {
            execute(upgraded::run);
        }
    }

    /**
     * Whether code of unknown length can begin: a thread is there to lead instead of the one that
     * would run it.
     */
    boolean canBeTakenOver() {
        return server.watchdog() != null && leaders.hasRoom();
    }

    /** A request has run on a thread of its own for so long. Any thread. */
    void ranApart(Pace pace, long nanos) {
        if (pace.ranApart(nanos <= server.shortNanos())) {
            server.observer().routeRestored();
        }
    }

    /** How many connections this worker has. Any thread. */
    int connections() {
        return connections.get();
    }

    /** The leading thread's number, for tests that count what it allocates. Any thread. */
    long threadId() {
        return leaders.current().threadId();
    }

    // --- connections ---------------------------------------------------------------------------

    /** Accepts from this listener until the drain. Any thread. */
    void listen(ServerSocketChannel channel) {
        post(
                () -> {
                    try {
                        Listener mine = new Listener(channel);
                        mine.key = loop.register(channel, SelectionKey.OP_ACCEPT, mine);
                        listener = mine;
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
    }

    /** Takes an accepted connection over. Any thread. */
    void adopt(SocketChannel channel) {
        connections.incrementAndGet();
        post(() -> open(channel));
    }

    private void open(SocketChannel channel) {
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Peer peer =
                    new Peer(
                            (InetSocketAddress) channel.getRemoteAddress(),
                            (InetSocketAddress) channel.getLocalAddress(),
                            server.nextConnectionId(),
                            index);
            Transport transport = server.observer().counted(new PlainTransport(channel));
            Http1Connection connection = new Http1Connection(this, transport, peer);
            connection.opened(loop.register(channel, SelectionKey.OP_READ, connection));
            if (!hasRoom()) {
                connection.because(CloseReason.CONNECTION_LIMIT);
                turn().refuse(
                                connection,
                                new ProtocolException(
                                        503,
                                        "POUNCE_LIMIT_CONNECTIONS",
                                        "the connection limit is reached"));
            } else if (draining) {
                drain(connection);
            }
        } catch (IOException e) {
            LOG.debug("a connection was gone before it was served: {}", e.getMessage());
            new PlainTransport(channel).close();
            closed();
        }
    }

    /**
     * Whether a new connection may stay, if need be in the place of an idle one. Those that linger
     * are few, or have no time to.
     */
    private boolean hasRoom() {
        int max = server.connectionsPerWorker();
        int over = connections.get() - max;
        return over <= 0 || idle.endOne(over > LINGERING_OVER + max / 8);
    }

    /** A connection of this worker is over. */
    void closed() {
        connections.decrementAndGet();
        finishDrain();
    }

    // --- drain ---------------------------------------------------------------------------------

    /**
     * Closes every connection without a request, and others when they have answered theirs. Any
     * thread.
     *
     * @return ends when the listener was closed and there is no connection any more
     */
    CompletableFuture<Void> drain() {
        post(
                () -> {
                    draining = true;
                    for (EventLoop.Readiness each : loop.registered()) {
                        if (each instanceof Http1Connection connection) {
                            drain(connection);
                        }
                    }
                });
        return drained;
    }

    /** Accepts what still waits and closes the listener; after {@link #drain}. Any thread. */
    void closeListener() {
        post(
                () -> {
                    Listener mine = listener;
                    if (mine != null) {
                        mine.ready(SelectionKey.OP_ACCEPT);
                        mine.close();
                    }
                    listening = false;
                    finishDrain();
                });
    }

    /**
     * A message of its own, for the last read may bring a request, and that the loss of the lead.
     */
    private void drain(Http1Connection connection) {
        post(
                () -> {
                    try {
                        connection.drain();
                    } catch (IOException e) {
                        connection.close();
                    }
                });
    }

    private void finishDrain() {
        if (!listening && connections.get() == 0) {
            drained.complete(null);
        }
    }

    /** Resets the connections whose request such a handler has. Any thread. */
    void abort(Predicate<Handler> which) {
        post(
                () -> {
                    for (EventLoop.Readiness each : loop.registered()) {
                        if (each instanceof Http1Connection connection && connection.isFor(which)) {
                            connection.cutOff(CloseReason.ABORTED);
                        }
                    }
                });
    }

    /** Resets what is left and ends the thread. Any thread. */
    void stop() {
        post(
                () -> {
                    for (EventLoop.Readiness each : loop.registered()) {
                        if (each instanceof Http1Connection connection) {
                            connection.cutOff();
                        }
                    }
                    Listener mine = listener;
                    if (mine != null) {
                        mine.close();
                    }
                    loop.stop();
                });
    }

    /** Waits until the thread that leads has ended. Any thread. */
    void join() throws InterruptedException {
        try {
            ended.get().join();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private final class Listener implements EventLoop.Readiness {
        private static final int ACCEPTS_PER_TURN = 64;
        private final ServerSocketChannel channel;
        private @Nullable SelectionKey key;

        Listener(ServerSocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void ready(int operations) {
            for (int i = 0; draining || i < ACCEPTS_PER_TURN; i++) {
                SocketChannel accepted;
                try {
                    accepted = channel.accept();
                } catch (IOException e) {
                    LOG.warn("accept failed: {}", e.getMessage());
                    return;
                }
                if (accepted == null) {
                    return;
                }
                connections.incrementAndGet();
                open(accepted);
            }
        }

        @Override
        public void failed(Throwable failure) {
            LOG.error("the listener failed", failure);
        }

        void close() {
            if (key != null) {
                key.cancel();
            }
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("closing a listener", e);
            }
        }
    }
}
