package dev.pounce.servlet.dispatch;

import dev.pounce.config.ServletsConfig;
import dev.pounce.exchange.Exchange;
import dev.pounce.route.InFlight;
import dev.pounce.servlet.async.AsyncTimers;
import dev.pounce.servlet.context.ContextListeners;
import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.http.AttributeEvents;
import dev.pounce.servlet.http.BridgeSessionExchange;
import dev.pounce.servlet.http.FormLimits;
import dev.pounce.servlet.http.RequestCookies;
import dev.pounce.servlet.parts.PartBounds;
import dev.pounce.servlet.security.SecurityPolicy;
import dev.pounce.servlet.session.RequestSession;
import dev.pounce.servlet.session.SessionConfig;
import dev.pounce.servlet.session.SessionListeners;
import dev.pounce.servlet.session.SessionManager;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Makes what belongs to one request of an application. Thread-safe once started. */
public final class RequestScopes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RequestScopes.class);
    private static final long SWEEP_MILLIS = TimeUnit.SECONDS.toMillis(10);
    private static final long END_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final WebContext context;
    private final FormLimits limits;
    private final AsyncTimers timers;
    private final InstantSource clock;
    private final InFlight inFlight;
    private final PartBounds partBounds;
    private final AttributeEvents attributes;
    private final Set<RequestScope> suspended = ConcurrentHashMap.newKeySet();
    private @Nullable SessionManager sessions;
    private @Nullable SecurityPolicy policy;
    private @Nullable Supplier<ServletsConfig> settings;
    private @Nullable Future<?> sweep;
    private volatile boolean stopping;
    private boolean closed;

    /**
     * @param limits what a client may send as parameters
     * @param timers for asynchronous processing and the end of sessions
     * @param clock the time of sessions
     * @param inFlight counts the application's requests
     * @param partBounds what a client may send as parts
     */
    public RequestScopes(
            WebContext context,
            FormLimits limits,
            AsyncTimers timers,
            InstantSource clock,
            InFlight inFlight,
            PartBounds partBounds) {
        this.partBounds = partBounds;
        this.context = context;
        this.attributes = new RequestAttributeTeller(context);
        this.limits = limits;
        this.timers = timers;
        this.clock = clock;
        this.inFlight = inFlight;
    }

    WebContext context() {
        return context;
    }

    /** Where uploaded files are kept for the time of a request. */
    Path workFolder() {
        return context.workFolder();
    }

    /** Who is told of changes of requests' attributes. */
    AttributeEvents attributes() {
        return attributes;
    }

    FormLimits limits() {
        return limits;
    }

    PartBounds partBounds() {
        return partBounds;
    }

    InstantSource clock() {
        return clock;
    }

    InFlight inFlight() {
        return inFlight;
    }

    /** A request in this application waits, without a thread. */
    void suspended(RequestScope request) {
        suspended.add(request);
        if (stopping) {
            request.stop();
        }
    }

    /** It waits no more. */
    void resumed(RequestScope request) {
        suspended.remove(request);
    }

    AsyncTimers timers() {
        return timers;
    }

    /**
     * Begins: sessions are configured and their listeners known.
     *
     * @param demanded what is demanded of requests
     * @param inForce the settings, asked for each request where they can change
     */
    public void start(SecurityPolicy demanded, Supplier<ServletsConfig> inForce) {
        policy = demanded;
        settings = inForce;
        ContextListeners listeners = context.listeners();
        SessionConfig config = context.sessions().config(inForce.get().maxSessions());
        sessions =
                new SessionManager(
                        context,
                        config,
                        new SessionListeners(
                                listeners.sessions(),
                                listeners.sessionAttributes(),
                                listeners.sessionIds()),
                        clock);
        sweepLater();
    }

    private synchronized void sweepLater() {
        if (!closed) {
            sweep = timers.after(SWEEP_MILLIS, () -> Thread.ofVirtual().start(this::sweep));
        }
    }

    private void sweep() {
        try {
            sessions().sweep(clock.millis());
        } catch (RuntimeException | LinkageError e) {
            LOG.error("sessions of {} could not be ended", context.getContextPath(), e);
        } finally {
            sweepLater();
        }
    }

    /** The sessions, once started. */
    public SessionManager sessions() {
        return Objects.requireNonNull(sessions);
    }

    /** Whether a request brings the id of one of them. */
    public boolean hasSession(Exchange exchange) {
        BridgeSessionExchange asked =
                new BridgeSessionExchange(exchange, new RequestCookies(exchange), clock);
        return new RequestSession(sessions(), asked, null).isKnown();
    }

    /** The settings in force. */
    ServletsConfig settings() {
        return Objects.requireNonNull(settings).get();
    }

    SecurityPolicy policy() {
        return Objects.requireNonNull(policy);
    }

    RequestScope begin(Exchange exchange, ServletTable.Match match, RequestRunner runner) {
        return new RequestScope(this, exchange, match, runner);
    }

    /**
     * Ends the requests that wait: nothing in the application will answer them any more. Returns
     * when they have ended, or have taken too long.
     */
    public void endSuspended() {
        stopping = true;
        long deadline = System.nanoTime() + END_NANOS;
        List<CountDownLatch> ends = suspended.stream().map(RequestScope::stop).toList();
        try {
            for (CountDownLatch each : ends) {
                if (!each.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    LOG.warn("requests of {} do not end", context.getContextPath());
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all sessions. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            Future<?> next = sweep;
            if (next != null) {
                next.cancel(false);
            }
        }
        SessionManager started = sessions;
        if (started != null) {
            started.close();
        }
    }
}
