package dev.pounce.servlet.dispatch;

import dev.pounce.exchange.Exchange;
import dev.pounce.route.Handler;
import dev.pounce.route.Pace;
import dev.pounce.route.PathPattern;
import dev.pounce.servlet.context.ServletEntry;
import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.http.RequestPaths;
import dev.pounce.servlet.security.RouteGuard;
import dev.pounce.servlet.security.SecurityPolicy;

import jakarta.servlet.DispatcherType;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Map;

/**
 * A servlet with one of its patterns and the filters before it, compiled when the application was
 * deployed. Immutable, but for what is learned of its pace.
 */
final class ServletRoute implements Handler {
    private final ServletEntry servlet;
    private final PathPattern pattern;
    private final WebContext context;
    private final RequestRunner runner;
    private final String name;
    private final Pace pace = new Pace();

    /** Those of all requests, where the pattern has one path only. */
    private final @Nullable RequestPaths fixed;

    private final @Nullable RouteGuard guard;

    private final Map<DispatcherType, FilterSelection> filters =
            new EnumMap<>(DispatcherType.class);

    ServletRoute(
            ServletEntry servlet,
            PathPattern pattern,
            WebContext context,
            FilterTable filterTable,
            SecurityPolicy policy,
            RequestRunner runner) {
        guard = policy.guard(pattern);
        this.servlet = servlet;
        this.pattern = pattern;
        this.context = context;
        this.runner = runner;
        name = context.getContextPath() + pattern.text();
        // no switch: the JVM's archives of classes cannot have the code that one of patterns makes
        if (pattern instanceof PathPattern.Exact exact) {
            fixed = divide(exact.path());
        } else {
            fixed = pattern instanceof PathPattern.ContextRoot ? divide("/") : null;
        }
        for (DispatcherType type : DispatcherType.values()) {
            filters.put(type, filterTable.selection(type, servlet.getName(), pattern));
        }
    }

    /** What clients have to get past, or null where there is nothing. */
    @Nullable RouteGuard guard() {
        return guard;
    }

    ServletEntry servlet() {
        return servlet;
    }

    /** Makes what belongs to requests of its application. */
    RequestScopes application() {
        return runner.scopes();
    }

    /** Answers errors of its application. */
    Failures failures() {
        return runner.failures();
    }

    boolean isDefault() {
        return pattern instanceof PathPattern.Default;
    }

    boolean isExtension() {
        return pattern instanceof PathPattern.Extension;
    }

    /** How a path that was matched is divided. */
    RequestPaths paths(String path) {
        RequestPaths known = fixed;
        return known != null ? known : divide(path);
    }

    private RequestPaths divide(String path) {
        return RequestPaths.of(context.getContextPath(), path, pattern, servlet.getName());
    }

    /** The filters and the servlet for one dispatch. */
    Chain chain(DispatcherType type, @Nullable String path) {
        FilterSelection selection = java.util.Objects.requireNonNull(filters.get(type));
        return new Chain(selection.select(path), servlet, context);
    }

    @Override
    public Execution execution(String method) {
        return Execution.LEARNED;
    }

    @Override
    public Pace pace() {
        return pace;
    }

    @Override
    public void handle(Exchange exchange) throws Exception {
        exchange.route(name);
        String path = exchange.path().substring(context.getContextPath().length());
        runner.run(exchange, path, this);
    }
}
