package dev.pounce.route;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The fused handlers of one path by the methods that they answer; HEAD and OPTIONS come with them.
 * Immutable.
 */
public final class FusedMethods {

    /**
     * A method and who answers it.
     *
     * @param name the method
     * @param route who answers
     * @param fields names and values of the response's fields in turns; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Method(String name, FusedRoute route, String[] fields) {

        /** The error of a handler that returned what no fused handler may return. */
        public IllegalStateException wrongResult(Object result) {
            return new IllegalStateException(
                    route.name()
                            + " returned "
                            + result.getClass().getName()
                            + "; a fused handler returns byte[] or String");
        }
    }

    private final PathPattern pattern;
    private final String name;
    private final Method[] methods;
    private final String allow;

    /**
     * @param routes those of one path, at least one
     * @throws IllegalArgumentException when two answer the same method
     */
    FusedMethods(List<FusedRoute> routes) {
        pattern = routes.get(0).pattern();
        name = routes.get(0).name();
        TreeSet<String> allowed = new TreeSet<>();
        List<Method> all = new ArrayList<>();
        for (FusedRoute route : routes) {
            for (String method : route.methods()) {
                if (!allowed.add(method)) {
                    throw new IllegalArgumentException(
                            "the same path and method twice: "
                                    + method
                                    + " of "
                                    + name
                                    + " and "
                                    + route.name());
                }
                all.add(new Method(method, route, flat(route)));
            }
        }
        methods = all.toArray(Method[]::new);
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        allowed.add("OPTIONS");
        allow = String.join(", ", allowed);
    }

    private static String[] flat(FusedRoute route) {
        return route.fields().entrySet().stream()
                .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
                .toArray(String[]::new);
    }

    /** Brings those of the same path together, in the order of the paths' first routes. */
    public static List<FusedMethods> group(List<FusedRoute> routes) {
        Map<Object, List<FusedRoute>> byPath = new LinkedHashMap<>();
        for (FusedRoute route : routes) {
            Object key =
                    route.pattern() instanceof PathPattern.Template template
                            ? template.shape()
                            : route.pattern();
            byPath.computeIfAbsent(key, ignored -> new ArrayList<>()).add(route);
        }
        return byPath.values().stream().map(FusedMethods::new).toList();
    }

    /** The paths. */
    public PathPattern pattern() {
        return pattern;
    }

    /** For logs. */
    public String name() {
        return name;
    }

    /** The route that answers exchanges with these handlers, in front of which nothing stands. */
    public Route route(String contextPath) {
        return new Route(pattern, new FusedResource(contextPath, this), name);
    }

    /** Who answers a method, GET for HEAD; null when nobody does. */
    public @Nullable Method find(String method) {
        for (Method each : methods) {
            if (each.name.equals(method)) {
                return each;
            }
        }
        return method.equals("HEAD") ? find("GET") : null;
    }

    /** The value of Allow. */
    public String allow() {
        return allow;
    }
}
