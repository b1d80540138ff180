package dev.pounce.servlet.dispatch;

import dev.pounce.route.PathPattern;
import dev.pounce.servlet.context.FilterEntry;
import dev.pounce.servlet.context.Registry;
import dev.pounce.servlet.dispatch.FilterSelection.Candidate;
import dev.pounce.servlet.model.FilterMapping;

import jakarta.servlet.DispatcherType;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Which filters stand before which servlets, compiled from their mappings. */
final class FilterTable {
    private static final PathPattern.Prefix EVERYTHING = new PathPattern.Prefix("");

    private final Registry registry;

    FilterTable(Registry registry) {
        this.registry = registry;
    }

    /** The filters before a servlet that answers a pattern. */
    FilterSelection selection(DispatcherType type, String servletName, PathPattern pattern) {
        List<Candidate> candidates = new ArrayList<>();
        addByPath(type, candidates);
        addByName(type, servletName, candidates);
        return new FilterSelection(
                candidates, pattern instanceof PathPattern.Exact exact ? exact.path() : null);
    }

    /** The filters before a servlet that is dispatched to by its name. */
    FilterSelection selection(DispatcherType type, String servletName) {
        List<Candidate> candidates = new ArrayList<>();
        addByName(type, servletName, candidates);
        return new FilterSelection(candidates, null);
    }

    /** Those by path come before those by name (Servlet specification, section 6.2.4). */
    private void addByPath(DispatcherType type, List<Candidate> candidates) {
        for (FilterMapping mapping : registry.filterMappings()) {
            if (mapping.dispatcherTypes().contains(type) && !mapping.urlPatterns().isEmpty()) {
                candidates.add(new Candidate(filter(mapping), tests(mapping)));
            }
        }
    }

    private static @Nullable List<PathPattern> tests(FilterMapping mapping) {
        List<PathPattern> patterns =
                mapping.urlPatterns().stream().map(PathPattern::ofServlet).toList();
        return patterns.contains(EVERYTHING) ? null : patterns;
    }

    private void addByName(DispatcherType type, String servletName, List<Candidate> candidates) {
        for (FilterMapping mapping : registry.filterMappings()) {
            if (mapping.dispatcherTypes().contains(type)
                    && (mapping.servletNames().contains(servletName)
                            || mapping.servletNames().contains("*"))) {
                candidates.add(new Candidate(filter(mapping), null));
            }
        }
    }

    private FilterEntry filter(FilterMapping mapping) {
        FilterEntry filter = registry.filters().get(mapping.filterName());
        if (filter == null) {
            throw new IllegalStateException(
                    "a filter mapping names the filter "
                            + mapping.filterName()
                            + ", which is not declared");
        }
        return filter;
    }

    /** Whether a filter might stand before a request for one of a fused handler's paths. */
    boolean mayCover(PathPattern fused) {
        for (FilterMapping mapping : registry.filterMappings()) {
            if (mapping.dispatcherTypes().contains(DispatcherType.REQUEST)
                    && (mapping.servletNames().contains("*")
                            || mapping.urlPatterns().stream()
                                    .map(PathPattern::ofServlet)
                                    .anyMatch(each -> mayMatch(each, fused)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayMatch(PathPattern filter, PathPattern fused) {
        if (fused instanceof PathPattern.Exact exact) {
            return FilterSelection.matches(filter, exact.path());
        }
        String begin =
                fused instanceof PathPattern.Template template ? template.literalPrefix() : "";
        return switch (filter) {
            case PathPattern.Exact exact -> exact.path().startsWith(begin);
            case PathPattern.Prefix prefix ->
                    begin.startsWith(prefix.path()) || prefix.path().startsWith(begin);
            default -> true;
        };
    }
}
