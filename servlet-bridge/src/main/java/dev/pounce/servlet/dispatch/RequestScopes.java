package dev.pounce.servlet.dispatch;

import dev.pounce.exchange.Exchange;
import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.http.FormLimits;

/** Makes what belongs to one request of an application. Thread-safe once started. */
public final class RequestScopes implements AutoCloseable {
    private final WebContext context;
    private final FormLimits limits;

    /**
     * @param limits what a client may send as parameters
     */
    public RequestScopes(WebContext context, FormLimits limits) {
        this.context = context;
        this.limits = limits;
    }

    /** Begins: sessions are configured and their listeners known. */
    public void start() {}

    RequestScope begin(Exchange exchange, ServletRoute route, String path) {
        return new RequestScope(exchange, context, route.paths(path), limits);
    }

    /** Ends all sessions. */
    @Override
    public void close() {}
}
