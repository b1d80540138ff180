package dev.pounce.route;

import dev.pounce.exchange.Exchange;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The routes of one context, compiled for look-up in the order of the Servlet specification,
 * section 12.1: exact, longest prefix or template, extension, default. Immutable.
 */
public final class ContextRoutes {
    private final String contextPath;
    private final Map<String, Route> exact = new HashMap<>();
    private final List<Route> prefixes = new ArrayList<>();
    private final Map<String, Route> extensions = new HashMap<>();
    private final List<OlderVersion> older;
    private @Nullable Route root;
    private @Nullable Route fallback;

    /**
     * Compiles routes.
     *
     * @param contextPath empty, or begins with a slash and does not end with one
     * @throws IllegalArgumentException when two routes have the same pattern, or the context path
     *     is malformed
     */
    public ContextRoutes(String contextPath, List<Route> routes) {
        this(contextPath, routes, List.of());
    }

    /**
     * Compiles the routes of the newest version of an application.
     *
     * @param older the versions that still have sessions
     * @throws IllegalArgumentException when two routes have the same pattern, or the context path
     *     is malformed
     */
    public ContextRoutes(String contextPath, List<Route> routes, List<OlderVersion> older) {
        this.older = List.copyOf(older);
        if (!contextPath.isEmpty() && (!contextPath.startsWith("/") || contextPath.endsWith("/"))) {
            throw new IllegalArgumentException(
                    "the context path \""
                            + contextPath
                            + "\" must be empty or begin with / and not end with it");
        }
        this.contextPath = contextPath;
        Map<Object, Route> seen = new HashMap<>();
        for (Route route : routes) {
            Object key =
                    route.pattern() instanceof PathPattern.Template template
                            ? template.shape()
                            : route.pattern();
            Route first = seen.putIfAbsent(key, route);
            if (first != null) {
                throw new IllegalArgumentException(
                        "the same pattern twice: " + first.name() + " and " + route.name());
            }
            add(route);
        }
        prefixes.sort((one, other) -> Integer.compare(literalLength(other), literalLength(one)));
    }

    private void add(Route route) {
        PathPattern pattern = route.pattern();
        // no switch: the JVM's archives of classes cannot have the code that one of patterns makes
        if (pattern instanceof PathPattern.Exact one) {
            exact.put(one.path(), route);
        } else if (pattern instanceof PathPattern.Extension files) {
            extensions.put(files.extension(), route);
        } else if (pattern instanceof PathPattern.ContextRoot) {
            root = route;
        } else if (pattern instanceof PathPattern.Default) {
            fallback = route;
        } else {
            prefixes.add(route);
        }
    }

    private static int literalLength(Route route) {
        return switch (route.pattern()) {
            case PathPattern.Prefix prefix -> prefix.path().length() + 1;
            case PathPattern.Template template -> template.literalPrefix().length();
            default -> 0;
        };
    }

    /** The context path: empty, or begins with a slash and does not end with one. */
    public String contextPath() {
        return contextPath;
    }

    Map<String, Route> exact() {
        return exact;
    }

    /** Whether it is the client's session that decides who answers. */
    boolean hasOlder() {
        return !older.isEmpty();
    }

    /** The routes of the version that a request's session began with, or else of the newest. */
    ContextRoutes versionFor(Exchange exchange) {
        for (OlderVersion each : older) {
            if (each.hasSession().test(exchange)) {
                return each.routes();
            }
        }
        return this;
    }

    /** Whether a path belongs to this context. */
    boolean contains(String path) {
        return path.startsWith(contextPath)
                && (path.length() == contextPath.length()
                        || path.charAt(contextPath.length()) == '/');
    }

    /**
     * The route of a path.
     *
     * @param path decoded, normalised and relative to the context path
     */
    public @Nullable Route match(String path) {
        Route route = exact.get(path);
        if (route != null) {
            return route;
        }
        if (root != null && path.equals("/")) {
            return root;
        }
        for (Route candidate : prefixes) {
            boolean matches =
                    switch (candidate.pattern()) {
                        case PathPattern.Prefix prefix -> prefix.matches(path);
                        case PathPattern.Template template -> template.matches(path);
                        default -> false;
                    };
            if (matches) {
                return candidate;
            }
        }
        if (!extensions.isEmpty()) {
            int dot = path.lastIndexOf('.');
            if (dot > path.lastIndexOf('/')) {
                route = extensions.get(path.substring(dot + 1));
            }
        }
        return route != null ? route : fallback;
    }
}
