package dev.pounce.servlet.dispatch;

import dev.pounce.exchange.Exchange;
import dev.pounce.servlet.async.AsyncTimers;
import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.http.FormLimits;

/** Makes what belongs to one request of an application. Thread-safe once started. */
public final class RequestScopes implements AutoCloseable {
    private final WebContext context;
    private final FormLimits limits;
    private final AsyncTimers timers;

    /**
     * @param limits what a client may send as parameters
     * @param timers for asynchronous processing
     */
    public RequestScopes(WebContext context, FormLimits limits, AsyncTimers timers) {
        this.context = context;
        this.limits = limits;
        this.timers = timers;
    }

    WebContext context() {
        return context;
    }

    FormLimits limits() {
        return limits;
    }

    AsyncTimers timers() {
        return timers;
    }

    /** Begins: sessions are configured and their listeners known. */
    public void start() {}

    RequestScope begin(Exchange exchange, ServletTable.Match match, RequestRunner runner) {
        return new RequestScope(this, exchange, match, runner);
    }

    /** Ends all sessions. */
    @Override
    public void close() {}
}
