package dev.pounce.servlet.dispatch;

import dev.pounce.route.ContextRoutes;
import dev.pounce.route.FusedMethods;
import dev.pounce.route.PathPattern;
import dev.pounce.route.Route;
import dev.pounce.servlet.context.Registry;
import dev.pounce.servlet.context.ServletEntry;
import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.security.SecurityPolicy;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * All that answers paths of an application, compiled from what was registered. Immutable; used for
 * requests and for dispatches alike.
 */
final class ServletTable {

    /** A path with what answers it. */
    record Match(ServletRoute route, String path) {}

    private final WebContext context;
    private final SecurityPolicy policy;
    private final FilterTable filters;
    private final List<String> welcomeFiles;
    private final ContextRoutes all;
    private final List<Route> exported = new ArrayList<>();

    /**
     * Compiles.
     *
     * @param fused the application's fused handlers
     * @param maxBody bytes of content that are collected for a fused handler, asked for each
     *     request
     * @param policy what is demanded of requests
     * @throws IllegalArgumentException when a pattern is there twice
     */
    ServletTable(
            WebContext context,
            List<String> welcomeFiles,
            List<FusedMethods> fused,
            IntSupplier maxBody,
            SecurityPolicy policy,
            RequestRunner runner) {
        this.context = context;
        this.policy = policy;
        this.welcomeFiles = List.copyOf(welcomeFiles);
        Registry registry = context.registry();
        filters = new FilterTable(registry);
        List<Route> routes = new ArrayList<>();
        for (Map.Entry<String, String> mapping : registry.servletNamesByPattern().entrySet()) {
            ServletEntry servlet = registry.servlet(mapping.getValue());
            if (servlet == null) {
                throw new IllegalArgumentException(
                        "the servlet " + mapping.getValue() + " is mapped and not declared");
            }
            if (servlet.isEnabled()) {
                PathPattern pattern = PathPattern.ofServlet(mapping.getKey());
                routes.add(route(servlet, pattern, "servlet " + servlet.getName(), runner));
            }
        }
        exported.addAll(routes);
        boolean observed = !context.listeners().requests().isEmpty();
        for (FusedMethods methods : fused) {
            ServletEntry servlet =
                    registry.unlisted(methods.name(), new FusedServlet(methods, maxBody));
            Route behind = route(servlet, methods.pattern(), methods.name(), runner);
            routes.add(behind);
            boolean covered =
                    observed
                            || policy.mayConcern(methods.pattern())
                            || filters.mayCover(methods.pattern());
            exported.add(covered ? behind : methods.route(context.getContextPath()));
        }
        all = new ContextRoutes(context.getContextPath(), routes);
    }

    private Route route(
            ServletEntry servlet, PathPattern pattern, String name, RequestRunner runner) {
        return new Route(
                pattern,
                new ServletRoute(servlet, pattern, context, filters, policy, runner),
                name);
    }

    /** The routes for requests; a fused handler that nothing stands before is called directly. */
    List<Route> exported() {
        return List.copyOf(exported);
    }

    FilterTable filters() {
        return filters;
    }

    /**
     * What answers a path, a welcome file in the place of a folder's (Servlet specification,
     * section 10.10).
     *
     * @param path decoded, normalised and relative to the context path
     */
    Match match(String path) {
        ServletRoute route = find(path);
        return route.isDefault() ? resolve(route, path) : new Match(route, path);
    }

    /** What answers a path that the default servlet would answer. */
    Match resolve(ServletRoute byDefault, String path) {
        String welcome = path.endsWith("/") ? welcome(path) : null;
        return welcome == null ? new Match(byDefault, path) : new Match(find(welcome), welcome);
    }

    private ServletRoute find(String path) {
        Route route = all.match(path);
        if (route == null) {
            throw new IllegalStateException("an application has a default servlet");
        }
        return (ServletRoute) route.handler();
    }

    private @Nullable String welcome(String folder) {
        if (!context.resources().isFolder(folder)) {
            return null;
        }
        for (String name : welcomeFiles) {
            String candidate = folder + name;
            ServletRoute route = find(candidate);
            if (!route.isDefault() && !route.isExtension()
                    || context.resources().isFile(candidate)) {
                return candidate;
            }
        }
        for (String name : welcomeFiles) {
            if (find(folder + name).isExtension()) {
                return folder + name;
            }
        }
        return null;
    }
}
