package dev.pounce.server;

import dev.pounce.config.Reload;
import dev.pounce.config.ServerConfig;
import dev.pounce.encoding.EncoderPools;
import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.ExchangeSettings;
import dev.pounce.exchange.RequestIds;
import dev.pounce.exchange.ResponseSettings;
import dev.pounce.io.BufferPool;
import dev.pounce.io.ListenerFence;
import dev.pounce.io.Watchdog;
import dev.pounce.observe.Metrics;
import dev.pounce.observe.ServerObserver;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.route.Handler;
import dev.pounce.route.RouteTable;
import dev.pounce.route.VirtualHosts;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Workers, listeners and the current routes: a server that knows no webapp. Thread-safe. It is
 * started once and stopped once.
 */
public final class HttpServer {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int IDLE_BUFFERS = 1024;

    /** How long handshakes that were under way when the fence was raised may take to end. */
    private static final long HANDSHAKE_MILLIS = 200;

    /** The same without a network, where the client's call does all of it. */
    private static final long LOOPBACK_HANDSHAKE_MILLIS = 10;

    private static final int EXIT_WORKER_FAILED = 70;

    private enum State {
        NEW,
        RUNNING,
        DRAINING,
        STOPPED
    }

    private final LongSupplier clock;
    private final int workerCount;
    private final EncoderPools encoders = new EncoderPools();
    private final DrainListeners drainListeners = new DrainListeners();
    private final ServerSettings.Shared shared;
    private volatile ServerSettings settings;
    private final HttpDate date;
    private final ServerObserver observer;
    private final AtomicLong connectionIds = new AtomicLong();
    private final List<Worker> workers = new ArrayList<>();
    private final @Nullable Watchdog watchdog;
    private final PlatformThreads platformThreads;
    private final Dispatch dispatch = new Dispatch();
    private final CompletableFuture<Boolean> drained = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile State state = State.NEW;
    private @Nullable Acceptor acceptor;
    private int port;
    private long handshakeMillis;

    /** A server that is not started yet. */
    public HttpServer(ServerConfig config) {
        this(config, System::nanoTime, Clock.systemDefaultZone());
    }

    /**
     * A server with clocks of its own.
     *
     * @param clock nanoseconds for deadlines and durations, which never go back
     * @param wall the time of day
     */
    public HttpServer(ServerConfig config, LongSupplier clock, Clock wall) {
        this.clock = clock;
        this.date = new HttpDate(wall::millis);
        RequestIds ids =
                new RequestIds(
                        HexFormat.of().toHexDigits(new SplittableRandom().nextInt()),
                        config.requestId().trust(),
                        config.requestId().header());
        this.observer = new ServerObserver(config, ids, clock, wall);
        this.shared =
                new ServerSettings.Shared(
                        encoders,
                        new BufferPool(ResponseSettings.BUFFER_SIZE, IDLE_BUFFERS),
                        this::isReady,
                        drainListeners::hasBegun,
                        ids,
                        observer,
                        clock);
        this.settings = ServerSettings.of(config, shared);
        this.workerCount =
                config.workers() > 0
                        ? config.workers()
                        : Runtime.getRuntime().availableProcessors();
        this.platformThreads = new PlatformThreads(config.takeOver().threads());
        this.watchdog =
                config.takeOver().enabled()
                        ? new Watchdog(workers, config.takeOver().after().toNanos())
                        : null;
    }

    /**
     * Binds and serves.
     *
     * @throws java.net.BindException when the port is taken
     * @throws IOException when the network refuses otherwise
     * @throws IllegalStateException when it was started before
     */
    public synchronized void start() throws IOException {
        if (state != State.NEW) {
            throw new IllegalStateException("the server is " + state);
        }
        Listeners listeners = Listeners.bind(config(), workerCount);
        port = listeners.port();
        handshakeMillis = listeners.isLoopback() ? LOOPBACK_HANDSHAKE_MILLIS : HANDSHAKE_MILLIS;
        try {
            for (int i = 0; i < workerCount; i++) {
                workers.add(new Worker(this, i));
            }
        } catch (IOException | RuntimeException e) {
            listeners.close();
            throw e;
        }
        state = State.RUNNING;
        if (watchdog != null) {
            watchdog.start();
        }
        observer.start();
        workers.forEach(Worker::start);
        List<ServerSocketChannel> channels = listeners.channels();
        if (listeners.isShared()) {
            acceptor = new Acceptor(channels.get(0), List.copyOf(workers));
            acceptor.start();
        } else {
            for (int i = 0; i < workerCount; i++) {
                workers.get(i).listen(channels.get(i));
            }
        }
    }

    /** The port that is listened on, once started. */
    public synchronized int port() {
        return port;
    }

    /** The configuration in force. */
    public ServerConfig config() {
        return settings.config();
    }

    /**
     * Puts another configuration in force for turns and exchanges that begin from now on; those
     * that have begun end with what they began with.
     *
     * @return what was swapped and what waits for the next start
     * @throws dev.pounce.config.ConfigException when a value cannot be; nothing has changed then
     */
    public synchronized Reload reload(ServerConfig wanted) {
        Reload reload = Reload.between(config(), wanted);
        settings = ServerSettings.of(reload.config(), shared);
        return reload;
    }

    /**
     * What exchanges of an application work with that has settings of its own.
     *
     * @param config the server's configuration as it is for that application
     * @throws dev.pounce.config.ConfigException when a value cannot be
     */
    public ExchangeSettings exchangeSettings(ServerConfig config) {
        return ServerSettings.exchanges(config, clock);
    }

    /** The current routes of all hosts. */
    public VirtualHosts hosts() {
        return dispatch.hosts();
    }

    /** Replaces hosts or their routes for requests that begin from now on. */
    public void hosts(UnaryOperator<VirtualHosts> change) {
        dispatch.hosts(change);
    }

    /** Replaces the routes of the default host for requests that begin from now on. */
    public void routes(RouteTable replacement) {
        hosts(all -> all.withRoutes(VirtualHosts.DEFAULT, replacement));
    }

    /** How many streaming encoders are in use. */
    public int encodersInUse() {
        return encoders.lent();
    }

    /** Native memory of all encoders, lent and idle, in bytes. */
    public long encoderBytes() {
        return encoders.bytesHeld();
    }

    /** How many connections are open. */
    public int connections() {
        int sum = 0;
        for (Worker worker : workers) {
            sum += worker.connections();
        }
        return sum;
    }

    /** The identifiers of the workers' threads. */
    public List<Long> workerThreadIds() {
        return workers.stream().map(Worker::threadId).toList();
    }

    /** Whether it takes requests and was not told to stop. Any thread. */
    public boolean isReady() {
        return state == State.RUNNING;
    }

    /** Who is told that the drain begins. */
    public DrainListeners drainListeners() {
        return drainListeners;
    }

    /**
     * Drains: the server is not ready any more, and after {@code timeouts.drain_delay} who wants to
     * know is told, listeners are accepted empty and closed, idle connections end, and exchanges in
     * flight run on until {@code timeouts.shutdown}. Called again it waits for the end of that.
     *
     * @return whether nothing has to be cut off
     */
    public boolean drain() throws InterruptedException {
        State before = beginDrain();
        if (before != State.RUNNING) {
            return before != State.DRAINING || isDrained();
        }
        boolean whole = false;
        try {
            TimeUnit.NANOSECONDS.sleep(config().timeouts().drainDelay().toNanos());
            whole = drain(System.nanoTime() + config().timeouts().shutdown().toNanos());
        } finally {
            drained.complete(whole);
        }
        return whole;
    }

    private synchronized State beginDrain() {
        State before = state;
        if (before == State.RUNNING) {
            state = State.DRAINING;
        }
        return before;
    }

    /** Waits for the drain that somebody else began. */
    private boolean isDrained() throws InterruptedException {
        try {
            return drained.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private boolean drain(long until) throws InterruptedException {
        CompletableFuture<Void> told =
                CompletableFuture.runAsync(drainListeners::begin, this::execute);
        boolean fenced = ListenerFence.raise(port);
        CompletableFuture<?>[] ends =
                workers.stream().map(Worker::drain).toArray(CompletableFuture<?>[]::new);
        try {
            Thread.sleep(fenced ? handshakeMillis : 0);
        } finally {
            closeListeners();
        }
        boolean whole = isDoneBy(until, ends);
        if (!whole && connections() > 0) {
            LOG.warn(
                    "{} connections are cut off after {} (timeouts.shutdown)",
                    connections(),
                    config().timeouts().shutdown());
        }
        if (!isDoneBy(until, told)) {
            LOG.warn("a drain listener has not returned; the server stops without it");
        }
        return whole;
    }

    private void closeListeners() throws InterruptedException {
        Acceptor dealing = acceptor;
        if (dealing != null) {
            dealing.close();
        }
        workers.forEach(Worker::closeListener);
    }

    private static boolean isDoneBy(long until, CompletableFuture<?>... all)
            throws InterruptedException {
        try {
            CompletableFuture.allOf(all)
                    .get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Waits until every worker has ended the turn that it is in: from then on no request is
     * dispatched by routes that were replaced before this call. Not to be called by a worker.
     *
     * @return false when that takes longer
     */
    public boolean awaitTurns(long nanos) throws InterruptedException {
        List<CompletableFuture<Void>> turns = new ArrayList<>();
        synchronized (this) {
            if (state == State.RUNNING || state == State.DRAINING) {
                workers.forEach(worker -> turns.add(worker.turnEnd()));
            }
        }
        try {
            CompletableFuture.allOf(turns.toArray(CompletableFuture<?>[]::new))
                    .applyToEither(stopped, Function.identity())
                    .get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Resets the connections whose request such a handler has, or waits for its content. Handlers
     * in place are not reached.
     */
    public void abort(Predicate<Handler> which) {
        synchronized (this) {
            if (state == State.RUNNING || state == State.DRAINING) {
                workers.forEach(worker -> worker.abort(which));
            }
        }
    }

    /**
     * Has the workers' threads replaced, which may hold what application code left with them,
     * thread locals for instance. A thread that still runs a handler ends with it.
     */
    public void retireThreads() {
        synchronized (this) {
            if (state == State.RUNNING || state == State.DRAINING) {
                workers.forEach(Worker::retireThreads);
                platformThreads.retire();
            }
        }
    }

    /** Whether a thread is one of those that {@link #retireThreads} replaces. */
    public static boolean isReplaced(Thread thread) {
        return Leader.is(thread) || PlatformThreads.is(thread);
    }

    /** Whether it was stopped: whatever still runs has lost its connection. */
    public boolean isStopped() {
        return state == State.STOPPED;
    }

    /** Drains, then ends the workers. Does nothing when it is not running. */
    public void stop() throws InterruptedException {
        drain();
        synchronized (this) {
            if (state != State.DRAINING) {
                return;
            }
            state = State.STOPPED;
        }
        for (Worker worker : workers) {
            worker.stop();
        }
        for (Worker worker : workers) {
            worker.join();
        }
        if (watchdog != null) {
            watchdog.close();
        }
        platformThreads.close();
        stopped.complete(null);
        encoders.close();
        observer.stop();
    }

    /** The figures of this server. */
    public Metrics metrics() {
        return observer.metrics(this::connections, encoders::lent, encoders::refused);
    }

    /** What learns of all that happens: listeners are added here. */
    public ServerObserver observer() {
        return observer;
    }

    /** For requests that are likely to take long. */
    PlatformThreads platformThreads() {
        return platformThreads;
    }

    @Nullable Watchdog watchdog() {
        return watchdog;
    }

    /** How long a request may take on a virtual thread that would be short in place. */
    long shortNanos() {
        return config().takeOver().after().toNanos() / 2;
    }

    LongSupplier clock() {
        return clock;
    }

    /** What turns and exchanges that begin now work with. */
    ServerSettings settings() {
        return settings;
    }

    HttpDate date() {
        return date;
    }

    long nextConnectionId() {
        return connectionIds.incrementAndGet();
    }

    int workerCount() {
        return workerCount;
    }

    int connectionsPerWorker() {
        return Math.ceilDiv(settings.limits().maxConnections(), workerCount);
    }

    void execute(Runnable task) {
        // whoever resumes an exchange may be an application's thread, with locals of its own
        Thread.ofVirtual()
                .name("pounce-exchange")
                .inheritInheritableThreadLocals(false)
                .start(task);
    }

    /**
     * A worker without a thread leaves its connections hanging; a process that ends is restarted.
     */
    void workerFailed() {
        Runtime.getRuntime().halt(EXIT_WORKER_FAILED);
    }

    /** Who answers a request; one that says why not when nobody can. */
    Handler handlerFor(Exchange exchange) throws ProtocolException {
        return dispatch.handlerFor(exchange, settings.health());
    }

    /** Has handlers looked up otherwise than by the routes alone; before the start. */
    public void lookup(HandlerLookup other) {
        dispatch.lookup(other);
    }
}
