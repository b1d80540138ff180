package dev.pounce.route;

import dev.pounce.exchange.ErrorResponse;
import dev.pounce.exchange.Exchange;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.protocol.RequestHead;
import dev.pounce.protocol.RequestTarget;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * All routes of a server: an immutable snapshot that deploying replaces as a whole, so that a
 * request in flight keeps the one it began with.
 */
public final class RouteTable {
    private static final Handler NOT_FOUND =
            Handler.inPlace(
                    exchange ->
                            ErrorResponse.send(exchange.response(), 404, "POUNCE_ROUTE_NOT_FOUND"));

    private final List<ContextRoutes> contexts;
    private final Route[] exactRoutes;
    private final byte[][] exactPaths;

    /**
     * @throws IllegalArgumentException when two contexts have the same path
     */
    public RouteTable(List<ContextRoutes> contexts) {
        this.contexts = new ArrayList<>(contexts);
        this.contexts.sort(
                (one, other) ->
                        Integer.compare(other.contextPath().length(), one.contextPath().length()));
        for (int i = 0; i < contexts.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (contexts.get(i).contextPath().equals(contexts.get(j).contextPath())) {
                    throw new IllegalArgumentException(
                            "the context path \""
                                    + contexts.get(i).contextPath()
                                    + "\" is taken already");
                }
            }
        }
        int exactCount = contexts.stream().mapToInt(each -> each.exact().size()).sum();
        int slots = Integer.highestOneBit(Math.max(2, exactCount * 4));
        exactRoutes = new Route[slots];
        exactPaths = new byte[slots][];
        for (ContextRoutes context : this.contexts) {
            context.exact().forEach((path, route) -> addExact(context, path, route));
        }
    }

    /**
     * Exact paths are found by their bytes, so that the commonest request makes no text of its
     * path.
     */
    private void addExact(ContextRoutes context, String path, Route route) {
        String full = context.contextPath() + path;
        if (contextOf(full) != context || context.hasOlder()) {
            return;
        }
        byte[] bytes = full.getBytes(StandardCharsets.UTF_8);
        int slot = slot(RequestHead.hash(bytes, 0, bytes.length));
        while (exactPaths[slot] != null) {
            slot = slot + 1 & exactPaths.length - 1;
        }
        exactPaths[slot] = bytes;
        exactRoutes[slot] = route;
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 16) & exactPaths.length - 1;
    }

    private @Nullable ContextRoutes contextOf(String path) {
        for (ContextRoutes context : contexts) {
            if (context.contains(path)) {
                return context;
            }
        }
        return null;
    }

    /**
     * The handler of a request; one that answers 404 when no route matches.
     *
     * @throws ProtocolException when the request's path cannot be read without guessing
     */
    public Handler match(Exchange exchange) throws ProtocolException {
        RequestHead head = exchange.request();
        if (head.isPlainPath()) {
            int slot = slot(head.pathHash());
            while (exactPaths[slot] != null) {
                if (head.pathEquals(exactPaths[slot])) {
                    return exactRoutes[slot].handler();
                }
                slot = slot + 1 & exactPaths.length - 1;
            }
        }
        String path = exchange.path();
        ContextRoutes context = contextOf(path);
        if (context == null) {
            return NOT_FOUND;
        }
        if (path.length() == context.contextPath().length()) {
            return folderRedirect(context.contextPath());
        }
        Route route =
                context.versionFor(exchange).match(path.substring(context.contextPath().length()));
        return route == null ? NOT_FOUND : route.handler();
    }

    /**
     * The name of the route that a path has, for logs; null when it has none.
     *
     * @param path decoded and normalised
     */
    public @Nullable String routeName(String path) {
        ContextRoutes context = contextOf(path);
        Route route =
                context == null || path.length() == context.contextPath().length()
                        ? null
                        : context.match(path.substring(context.contextPath().length()));
        return route == null ? null : route.name();
    }

    /** Relative references of a context's root page need the slash at the end. */
    private static Handler folderRedirect(String contextPath) {
        return Handler.inPlace(
                exchange -> {
                    String query = exchange.request().rawQuery();
                    String location =
                            RequestTarget.encode(contextPath)
                                    + "/"
                                    + (query == null ? "" : "?" + query);
                    exchange.response().status(302);
                    exchange.response().fields().set("Location", location);
                    exchange.response().finish();
                });
    }

    /** The contexts, the longest path first. */
    public List<ContextRoutes> contexts() {
        return List.copyOf(contexts);
    }
}
