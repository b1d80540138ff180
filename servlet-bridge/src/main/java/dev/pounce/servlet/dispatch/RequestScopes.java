package dev.pounce.servlet.dispatch;

import dev.pounce.exchange.Exchange;
import dev.pounce.servlet.async.AsyncTimers;
import dev.pounce.servlet.context.ContextListeners;
import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.http.AttributeEvents;
import dev.pounce.servlet.http.BridgeSessionExchange;
import dev.pounce.servlet.http.FormLimits;
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
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Makes what belongs to one request of an application. Thread-safe once started. */
public final class RequestScopes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RequestScopes.class);
    private static final long SWEEP_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final WebContext context;
    private final FormLimits limits;
    private final AsyncTimers timers;
    private final InstantSource clock;
    private final AttributeEvents attributes;
    private @Nullable SessionManager sessions;
    private @Nullable SecurityPolicy policy;
    private @Nullable Future<?> sweep;
    private boolean closed;

    /**
     * @param limits what a client may send as parameters
     * @param timers for asynchronous processing and the end of sessions
     * @param clock the time of sessions
     */
    public RequestScopes(
            WebContext context, FormLimits limits, AsyncTimers timers, InstantSource clock) {
        this.context = context;
        this.attributes = new RequestAttributeTeller(context);
        this.limits = limits;
        this.timers = timers;
        this.clock = clock;
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

    AsyncTimers timers() {
        return timers;
    }

    /**
     * Begins: sessions are configured and their listeners known.
     *
     * @param demanded what is demanded of requests
     */
    public void start(SecurityPolicy demanded) {
        policy = demanded;
        ContextListeners listeners = context.listeners();
        SessionConfig config =
                new SessionConfig(
                        (int) Math.min(context.getSessionTimeout() * 60L, Integer.MAX_VALUE),
                        context.cookies().toCookie(),
                        context.getEffectiveSessionTrackingModes(),
                        -1);
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

    private SessionManager sessions() {
        return Objects.requireNonNull(sessions);
    }

    SecurityPolicy policy() {
        return Objects.requireNonNull(policy);
    }

    RequestScope begin(Exchange exchange, ServletTable.Match match, RequestRunner runner) {
        RequestSession session =
                new RequestSession(sessions(), new BridgeSessionExchange(exchange, clock));
        session.begin();
        return new RequestScope(this, exchange, match, runner, session);
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
