package dev.pounce.servlet.security;

import dev.pounce.route.PathPattern;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the url-pattern that matches a path best (Servlet specification, 12.1). Immutable. */
final class PatternTable {
    private static final String ROOT = "/";

    private final Map<PathPattern, PatternDemands> all;
    private final Map<String, PatternDemands> exact = new HashMap<>();
    private final List<Map.Entry<PathPattern.Prefix, PatternDemands>> prefixes = new ArrayList<>();
    private final Map<String, PatternDemands> extensions = new HashMap<>();
    private @Nullable PatternDemands fallback;

    PatternTable(Map<PathPattern, PatternDemands> byPattern) {
        all = byPattern;
        byPattern.forEach(this::add);
        prefixes.sort(
                Comparator.comparingInt(
                                (Map.Entry<PathPattern.Prefix, PatternDemands> each) ->
                                        each.getKey().path().length())
                        .reversed());
    }

    private void add(PathPattern pattern, PatternDemands demands) {
        switch (pattern) {
            case PathPattern.Exact only -> exact.put(only.path(), demands);
            case PathPattern.ContextRoot ignored -> exact.put(ROOT, demands);
            case PathPattern.Prefix prefix -> prefixes.add(Map.entry(prefix, demands));
            case PathPattern.Extension extension -> extensions.put(extension.extension(), demands);
            case PathPattern.Default ignored -> fallback = demands;
            case PathPattern.Template template ->
                    throw new IllegalArgumentException("no url-pattern: " + template);
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * What is asked of requests for a path, or null when no pattern matches it.
     *
     * @param path decoded, normalised and relative to the context path
     */
    @Nullable PatternDemands match(String path) {
        PatternDemands found = exact.get(path);
        if (found != null) {
            return found;
        }
        for (Map.Entry<PathPattern.Prefix, PatternDemands> each : prefixes) {
            if (each.getKey().matches(path)) {
                return each.getValue();
            }
        }
        int dot = extensions.isEmpty() ? -1 : path.lastIndexOf('.');
        if (dot > path.lastIndexOf('/')) {
            found = extensions.get(path.substring(dot + 1));
        }
        return found != null ? found : fallback;
    }

    /** Those patterns that may match a path which a route answers. */
    PatternTable within(PathPattern route) {
        Map<PathPattern, PatternDemands> some = new LinkedHashMap<>();
        all.forEach(
                (pattern, demands) -> {
                    if (mayMeet(pattern, route)) {
                        some.put(pattern, demands);
                    }
                });
        return some.size() == all.size() ? this : new PatternTable(some);
    }

    /** Whether there may be a path that both match. */
    private static boolean mayMeet(PathPattern pattern, PathPattern route) {
        return switch (pattern) {
            case PathPattern.Default ignored -> true;
            case PathPattern.ContextRoot ignored -> mayMatch(route, ROOT);
            case PathPattern.Exact exact -> mayMatch(route, exact.path());
            case PathPattern.Prefix prefix -> mayMeet(prefix, route);
            case PathPattern.Extension extension ->
                    switch (route) {
                        case PathPattern.Exact exact ->
                                exact.path().endsWith("." + extension.extension());
                        case PathPattern.ContextRoot ignored -> false;
                        case PathPattern.Extension other -> other.equals(extension);
                        default -> true;
                    };
            case PathPattern.Template ignored -> true;
        };
    }

    private static boolean mayMeet(PathPattern.Prefix prefix, PathPattern route) {
        return switch (route) {
            case PathPattern.Exact exact -> prefix.matches(exact.path());
            case PathPattern.ContextRoot ignored -> prefix.matches(ROOT);
            case PathPattern.Prefix other ->
                    prefix.matches(other.path()) || other.matches(prefix.path());
            case PathPattern.Template template ->
                    template.literalPrefix().startsWith(prefix.path())
                            || prefix.path().startsWith(template.literalPrefix());
            case PathPattern.Extension ignored -> true;
            case PathPattern.Default ignored -> true;
        };
    }

    private static boolean mayMatch(PathPattern route, String path) {
        return switch (route) {
            case PathPattern.Exact exact -> exact.path().equals(path);
            case PathPattern.ContextRoot ignored -> path.equals(ROOT);
            case PathPattern.Prefix prefix -> prefix.matches(path);
            case PathPattern.Template template -> template.matches(path);
            case PathPattern.Extension extension -> path.endsWith("." + extension.extension());
            case PathPattern.Default ignored -> true;
        };
    }
}
