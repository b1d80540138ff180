package dev.pounce.servlet.dispatch;

import dev.pounce.route.PathPattern;
import dev.pounce.servlet.context.FilterEntry;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * The filters before one servlet on one way of dispatching, in their order (Servlet specification,
 * section 6.2.4). What does not depend on a request's path is decided when it is made. Immutable.
 */
final class FilterSelection {
    private static final FilterEntry[] NONE = {};

    /**
     * A filter that may stand before the servlet.
     *
     * @param patterns it does where the path matches one of them; null where it always does
     */
    record Candidate(FilterEntry filter, @Nullable List<PathPattern> patterns) {

        boolean applies(@Nullable String path) {
            List<PathPattern> tests = patterns;
            if (tests == null) {
                return true;
            }
            return path != null && tests.stream().anyMatch(each -> matches(each, path));
        }
    }

    private final List<Candidate> candidates;
    private final FilterEntry @Nullable [] fixed;

    /**
     * @param candidates in the order of filters
     * @param path the path of all requests, or null when they have different ones
     */
    FilterSelection(List<Candidate> candidates, @Nullable String path) {
        this.candidates = List.copyOf(candidates);
        boolean decided =
                path != null || candidates.stream().allMatch(each -> each.patterns == null);
        fixed = decided ? choose(path) : null;
    }

    /**
     * The filters of a request.
     *
     * @param path decoded and relative to the context path; null for a dispatch by name
     * @return not to be changed
     */
    FilterEntry[] select(@Nullable String path) {
        FilterEntry[] decided = fixed;
        return decided != null ? decided : choose(path);
    }

    private FilterEntry[] choose(@Nullable String path) {
        List<FilterEntry> chosen = new ArrayList<>();
        for (Candidate each : candidates) {
            if (each.applies(path) && !chosen.contains(each.filter)) {
                chosen.add(each.filter);
            }
        }
        return chosen.toArray(NONE);
    }

    /** Whether a filter's pattern matches a path (Servlet specification, section 12.2). */
    static boolean matches(PathPattern pattern, String path) {
        return switch (pattern) {
            case PathPattern.Exact exact -> exact.path().equals(path);
            case PathPattern.Prefix prefix -> prefix.matches(path);
            case PathPattern.Extension extension -> {
                int dot = path.lastIndexOf('.');
                yield dot > path.lastIndexOf('/')
                        && path.substring(dot + 1).equals(extension.extension());
            }
            case PathPattern.ContextRoot ignored -> path.equals("/");
            case PathPattern.Default ignored -> path.equals("/");
            case PathPattern.Template template -> template.matches(path);
        };
    }
}
