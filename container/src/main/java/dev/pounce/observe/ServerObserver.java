package dev.pounce.observe;

import dev.pounce.config.ServerConfig;
import dev.pounce.exchange.Commitment;
import dev.pounce.exchange.ConnectionInfo;
import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.ExchangeListener;
import dev.pounce.exchange.RequestIds;
import dev.pounce.exchange.Response;
import dev.pounce.io.Transport;
import dev.pounce.observe.LifecycleEvent.ClientDisconnected;
import dev.pounce.observe.LifecycleEvent.ConnectionClosed;
import dev.pounce.observe.LifecycleEvent.ConnectionOpened;
import dev.pounce.observe.LifecycleEvent.RequestStarted;
import dev.pounce.observe.LifecycleEvent.ResponseCompleted;
import dev.pounce.observe.LifecycleEvent.StreamClosed;
import dev.pounce.observe.LifecycleEvent.StreamOpened;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * What the server tells everything that happens: it counts, logs and tells listeners. Thread-safe.
 * What is called for each request allocates nothing where nobody listens, takes no lock, and reads
 * the clock once, at the end.
 */
public final class ServerObserver implements ExchangeListener {
    private static final Logger LOG = LoggerFactory.getLogger(ServerObserver.class);
    private static final int CLIENT_GONE = 499;
    private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LongSupplier clock;
    private final Counters counters = new Counters();
    private final LifecycleListeners listeners = new LifecycleListeners();
    private final SlowRequests slowRequests;
    private final @Nullable AccessLog accessLog;

    /**
     * @param ids how requests are named
     * @param clock nanoseconds, of which the time of a request's receipt is made
     * @param wall the time of day, with the zone to write it in
     */
    public ServerObserver(ServerConfig config, RequestIds ids, LongSupplier clock, Clock wall) {
        this.clock = clock;
        slowRequests = new SlowRequests(config.slowRequest().after());
        boolean hasHosts = !config.hosts().isEmpty() || config.defaultHost().refuseUnknown();
        accessLog =
                config.accessLog().enabled()
                        ? new AccessLog(config.accessLog(), hasHosts, ids, wall, clock, counters)
                        : null;
    }

    /** The server begins to serve. */
    public void start() {
        if (accessLog != null) {
            accessLog.start();
        }
    }

    /** The server serves nothing more; what was logged is written. */
    public void stop() throws InterruptedException {
        if (accessLog != null) {
            accessLog.close();
        }
    }

    /**
     * Opens the files of logs anew, which somebody has moved; whatever is logged after this goes
     * there. Returns after five seconds at the most.
     */
    public void reopenLogs() throws InterruptedException {
        checkAnswered(accessLog == null || accessLog.reopen(FLUSH_NANOS));
    }

    /** Returns when what was logged before the call is written, after five seconds at the most. */
    public void flushLogs() throws InterruptedException {
        checkAnswered(accessLog == null || accessLog.flush(FLUSH_NANOS));
    }

    private static void checkAnswered(boolean done) {
        if (!done) {
            LOG.warn("the access log is not written: the disk does not answer");
        }
    }

    /** Adds somebody who wants events. */
    public void add(LifecycleListener listener) {
        listeners.add(listener);
    }

    /** Removes a listener. */
    public void remove(LifecycleListener listener) {
        listeners.remove(listener);
    }

    /**
     * The figures.
     *
     * @param connections how many connections are open
     * @param encodersInUse how many encoders are lent
     * @param encodersRefused how many encoders were refused
     */
    public Metrics metrics(
            IntSupplier connections, IntSupplier encodersInUse, LongSupplier encodersRefused) {
        return () -> counters.snapshot(connections, encodersInUse, encodersRefused);
    }

    // --- workers and connections ---------------------------------------------------------------

    /** A worker's loop was taken over from a thread that was busy. */
    public void takenOver() {
        counters.takenOver();
    }

    /** Requests of a route start on virtual threads from now on: too many took long. */
    public void routeSlowed() {
        counters.routeSlowed();
    }

    /** Requests of a route start in place again. */
    public void routeRestored() {
        counters.routeRestored();
    }

    /** A transport whose bytes are counted. */
    public Transport counted(Transport transport) {
        return new CountedTransport(transport, counters);
    }

    /** A connection was accepted. */
    public void opened(ConnectionInfo connection) {
        counters.connectionAccepted();
        if (!listeners.isEmpty()) {
            listeners.tell(
                    new ConnectionOpened(
                            connection.id(), connection.remoteAddress(), connection.worker()));
        }
    }

    /** A connection was closed. */
    public void closed(ConnectionInfo connection, CloseReason reason) {
        counters.connectionClosed(reason);
        if (reason == CloseReason.CONNECTION_LIMIT) {
            counters.connectionRefused();
        }
        if (!listeners.isEmpty()) {
            listeners.tell(new ConnectionClosed(connection.id(), reason));
        }
    }

    /** A request had to wait for other ones of its application, or could not even wait. */
    public void queued() {
        counters.requestQueued();
    }

    /** A request was refused because too many of its application run. */
    public void requestRefused() {
        counters.requestRefused();
    }

    // --- exchanges -----------------------------------------------------------------------------

    @Override
    public void started(Exchange exchange) {
        counters.requestStarted();
        if (!listeners.isEmpty()) {
            listeners.tell(
                    new RequestStarted(
                            exchange.connection().id(),
                            exchange.requestId(),
                            exchange.request().method(),
                            exchange.request().target()));
        }
    }

    @Override
    public void streaming(Exchange exchange) {
        exchange.clock().streaming(clock.getAsLong());
        counters.streamOpened();
        if (!listeners.isEmpty()) {
            listeners.tell(
                    new StreamOpened(
                            exchange.connection().id(),
                            exchange.requestId(),
                            exchange.response().status()));
        }
    }

    @Override
    public void ended(Exchange exchange) {
        try {
            end(exchange);
        } catch (RuntimeException e) {
            LOG.error("a request could not be logged", e);
        }
    }

    private void end(Exchange exchange) {
        Response response = exchange.response();
        long now = clock.getAsLong();
        long received = exchange.clock().receivedNanos();
        long nanos = now - received;
        int status = status(response);
        long answered = now;
        counters.requestEnded(exchange.request().method(), status, nanos);
        if (response.commitment() == Commitment.STREAMED) {
            answered = exchange.clock().streamingNanos();
            counters.streamClosed(now - answered);
        }
        boolean slow = slowRequests.isSlow(answered - received);
        if (slow) {
            counters.slowRequest();
            slowRequests.log(exchange, status, answered - received, now);
        }
        AccessLog log = accessLog;
        if (log != null) {
            log.add(exchange, status, nanos, slow);
        }
        if (!listeners.isEmpty()) {
            tell(exchange, status, nanos, now - answered);
        }
    }

    private static int status(Response response) {
        if (response.isClientGone()) {
            return CLIENT_GONE;
        }
        return response.commitment() == Commitment.NONE ? 0 : response.status();
    }

    private void tell(Exchange exchange, int status, long nanos, long streamed) {
        Response response = exchange.response();
        long connection = exchange.connection().id();
        String id = exchange.requestId();
        if (response.isClientGone()) {
            listeners.tell(new ClientDisconnected(connection, id));
        }
        if (response.commitment() == Commitment.STREAMED) {
            listeners.tell(new StreamClosed(connection, id, Duration.ofNanos(streamed)));
        }
        listeners.tell(
                new ResponseCompleted(
                        connection,
                        id,
                        status,
                        response.written(),
                        response.sent(),
                        Duration.ofNanos(nanos),
                        response.isAborted()));
    }
}
