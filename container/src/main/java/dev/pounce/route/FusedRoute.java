package dev.pounce.route;

import dev.pounce.api.FusedHandler;
import dev.pounce.protocol.ResponseFields;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A fused handler and how it is to be called; everything is checked when it is made.
 *
 * @param pattern the paths, relative to the context path
 * @param methods the methods that it answers
 * @param fields the fields of its responses, Content-Type among them
 * @param blocking whether it runs on a virtual thread
 * @param handler what is called
 * @param name for logs
 */
public record FusedRoute(
        PathPattern pattern,
        Set<String> methods,
        Map<String, String> fields,
        boolean blocking,
        FusedHandler<?> handler,
        String name) {

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException when a field must not be sent or there is no method
     */
    public FusedRoute {
        if (methods.isEmpty()) {
            throw new IllegalArgumentException(name + " answers no method");
        }
        fields.forEach(ResponseFields::check);
        methods = Set.copyOf(methods);
        fields = Map.copyOf(new LinkedHashMap<>(fields));
    }

    /** A GET route whose handler returns text, which is sent as UTF-8. */
    public static FusedRoute text(String path, FusedHandler<String> handler) {
        return of(path, "text/plain; charset=utf-8", handler);
    }

    /** A GET route whose handler returns bytes. */
    public static FusedRoute bytes(String path, FusedHandler<byte[]> handler) {
        return of(path, "application/octet-stream", handler);
    }

    private static FusedRoute of(String path, String contentType, FusedHandler<?> handler) {
        return new FusedRoute(
                PathPattern.ofFused(path),
                Set.of("GET"),
                Map.of("Content-Type", contentType),
                false,
                handler,
                "fused route " + path);
    }

    /** The same route for other methods. */
    public FusedRoute methods(String... others) {
        return new FusedRoute(pattern, Set.of(others), fields, blocking, handler, name);
    }

    /** The same route with another Content-Type. */
    public FusedRoute contentType(String type) {
        return field("Content-Type", type);
    }

    /** The same route with a further response field. */
    public FusedRoute field(String fieldName, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.keySet()
                .removeIf(
                        each ->
                                each.toLowerCase(Locale.ROOT)
                                        .equals(fieldName.toLowerCase(Locale.ROOT)));
        more.put(fieldName, value);
        return new FusedRoute(pattern, methods, more, blocking, handler, name);
    }

    /** The same route called on a virtual thread, because its handler waits for something. */
    public FusedRoute asBlocking() {
        return new FusedRoute(pattern, methods, fields, true, handler, name);
    }

    /**
     * Makes the routes of a context out of its fused handlers: those with the same path become one.
     *
     * @throws IllegalArgumentException when two handlers answer the same method on the same path
     */
    public static List<Route> compile(String contextPath, List<FusedRoute> routes) {
        return FusedMethods.group(routes).stream()
                .map(methods -> methods.route(contextPath))
                .toList();
    }
}
