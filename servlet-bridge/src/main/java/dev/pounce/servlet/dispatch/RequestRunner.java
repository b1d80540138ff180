package dev.pounce.servlet.dispatch;

import dev.pounce.exchange.Exchange;
import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.http.BridgeRequest;
import dev.pounce.servlet.http.BridgeResponse;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/**
 * The life of a request in an application: request, response and session are made, listeners hear
 * of it, filters and servlet answer, errors get their pages. Thread-safe; a request has one thread.
 */
final class RequestRunner {
    private final WebContext context;
    private final RequestScopes scopes;
    private @Nullable ServletTable table;
    private @Nullable Failures failures;

    RequestRunner(WebContext context, RequestScopes scopes) {
        this.context = context;
        this.scopes = scopes;
    }

    /** Gives what could only be made with the runner; before the first request. */
    void complete(ServletTable compiled, Failures made) {
        table = compiled;
        failures = made;
    }

    /**
     * Answers an exchange.
     *
     * @param path decoded, normalised and relative to the context path
     * @param matched what answers it, unless a welcome file does
     * @throws Exception what cannot be answered by the application any more
     */
    void run(Exchange exchange, String path, ServletRoute matched) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(context.getClassLoader());
        try {
            ServletTable.Match match =
                    matched.isDefault()
                            ? Objects.requireNonNull(table).resolve(matched, path)
                            : new ServletTable.Match(matched, path);
            serve(exchange, match);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void serve(Exchange exchange, ServletTable.Match match) throws Exception {
        try (RequestScope scope = scopes.begin(exchange, match.route(), match.path())) {
            BridgeRequest request = scope.request();
            BridgeResponse response = scope.response();
            String servletName = match.route().servlet().getName();
            List<ServletRequestListener> listeners = context.listeners().requests();
            int told = 0;
            try {
                for (; told < listeners.size(); told++) {
                    listeners.get(told).requestInitialized(event(request));
                }
                match.route()
                        .chain(DispatcherType.REQUEST, match.path())
                        .doFilter(request, response);
                if (response.sentError() != null) {
                    failures().describe(request, response, servletName, null);
                }
            } catch (Throwable thrown) {
                failures().answer(request, response, servletName, thrown);
            } finally {
                while (told > 0) {
                    told--;
                    listeners.get(told).requestDestroyed(event(request));
                }
            }
            response.finish();
        }
    }

    private Failures failures() {
        return Objects.requireNonNull(failures);
    }

    private ServletRequestEvent event(BridgeRequest request) {
        return new ServletRequestEvent(context, request);
    }
}
