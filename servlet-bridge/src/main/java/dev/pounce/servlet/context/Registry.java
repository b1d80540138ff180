package dev.pounce.servlet.context;

import dev.pounce.route.PathPattern;
import dev.pounce.servlet.model.FilterMapping;

import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The servlets and filters of an application and their mappings, while it starts (Servlet
 * specification, section 4.4). Used by the thread that starts the application; afterwards nothing
 * changes any more.
 */
public final class Registry {
    private final Components components;
    private final InstantSource clock;
    private final Map<String, ServletEntry> servlets = new LinkedHashMap<>();
    private final Map<String, FilterEntry> filters = new LinkedHashMap<>();
    private final Map<String, String> servletNamesByPattern = new LinkedHashMap<>();
    private final Set<String> defaults = new LinkedHashSet<>();
    private final List<FilterMapping> filterMappings = new ArrayList<>();
    private Set<String> constrainedPatterns = Set.of();
    private int beforeDeclared;
    private volatile boolean closed;

    /**
     * @param loader has the application's classes
     * @param callbacks methods of components that are called when they are made and when they end
     * @param clock for servlets that are unavailable for a while
     */
    public Registry(ClassLoader loader, LifecycleCallbacks callbacks, InstantSource clock) {
        this.components = new Components(loader, callbacks);
        this.clock = clock;
    }

    Components components() {
        return components;
    }

    /** From now on nothing may be registered. */
    public void close() {
        closed = true;
    }

    void checkOpen(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("a servlet or filter needs a name");
        }
        if (closed) {
            throw new IllegalStateException(
                    "the application has started: nothing of \""
                            + name
                            + "\" can be registered any more");
        }
    }

    // Servlets

    /**
     * Adds a servlet.
     *
     * @param definition gives the class or the instance
     * @return null when there is one of that name with a class already
     */
    public @Nullable ServletEntry addServlet(String name, Consumer<ServletEntry> definition) {
        checkOpen(name);
        ServletEntry entry = declareServlet(name);
        if (!entry.isPreliminary()) {
            return null;
        }
        definition.accept(entry);
        return entry;
    }

    /** Adds a servlet by the name of its class. */
    public @Nullable ServletEntry addServlet(String name, String className) {
        return addServlet(name, entry -> entry.className(className));
    }

    /** Adds a servlet that is a JSP file. */
    public @Nullable ServletEntry addJspFile(String name, String jspFile) {
        return addServlet(name, entry -> entry.jspFile(jspFile));
    }

    @Nullable ServletEntry addServlet(String name, Class<? extends Servlet> type) {
        return addServlet(name, entry -> entry.type(type));
    }

    /** Adds a servlet; null when there is one of that name with a class already. */
    public @Nullable ServletEntry addServlet(String name, Servlet servlet) {
        for (ServletEntry each : servlets.values()) {
            if (each.holds(servlet)) {
                return null;
            }
        }
        return addServlet(name, entry -> entry.instance(servlet));
    }

    /** The servlet of a name, which may not have a class yet. */
    public ServletEntry declareServlet(String name) {
        return servlets.computeIfAbsent(name, key -> new ServletEntry(key, this, clock));
    }

    /** A servlet of the server itself, which the application does not see among its own. */
    public ServletEntry unlisted(String name, Servlet servlet) {
        ServletEntry entry = new ServletEntry(name, this, clock);
        entry.instance(servlet);
        entry.supportAsync();
        return entry;
    }

    /** The servlet of a name, or null. */
    public @Nullable ServletEntry servlet(String name) {
        return servlets.get(name);
    }

    /** The servlets by name, in the order in which they were declared. */
    public Map<String, ServletEntry> servlets() {
        return Collections.unmodifiableMap(servlets);
    }

    /**
     * Maps patterns to a servlet, all or none.
     *
     * @return the patterns that another servlet has already
     * @throws IllegalArgumentException when one is no valid pattern
     */
    Set<String> map(String servletName, Collection<String> urlPatterns) {
        Set<String> taken = new LinkedHashSet<>();
        for (String each : urlPatterns) {
            PathPattern.ofServlet(each);
            String owner = servletNamesByPattern.get(each);
            if (owner != null && !owner.equals(servletName) && !defaults.contains(each)) {
                taken.add(each);
            }
        }
        if (taken.isEmpty()) {
            for (String each : urlPatterns) {
                servletNamesByPattern.put(each, servletName);
                defaults.remove(each);
            }
        }
        return taken;
    }

    /** Maps patterns to a servlet unless the application itself maps them to another one. */
    public void mapByDefault(String servletName, String... urlPatterns) {
        for (String each : urlPatterns) {
            if (servletNamesByPattern.putIfAbsent(each, servletName) == null) {
                defaults.add(each);
            }
        }
    }

    Collection<String> patterns(String servletName) {
        List<String> patterns = new ArrayList<>();
        servletNamesByPattern.forEach(
                (pattern, name) -> {
                    if (name.equals(servletName)) {
                        patterns.add(pattern);
                    }
                });
        return patterns;
    }

    /** The names of servlets by pattern. */
    public Map<String, String> servletNamesByPattern() {
        return Collections.unmodifiableMap(servletNamesByPattern);
    }

    /** The patterns that descriptors constrain; what code says of them has no effect. */
    public Set<String> constrainedPatterns() {
        return constrainedPatterns;
    }

    /** Says which patterns descriptors constrain. */
    public void constrainedPatterns(Set<String> patterns) {
        constrainedPatterns = Set.copyOf(patterns);
    }

    // Filters

    /**
     * Adds a filter.
     *
     * @param definition gives the class or the instance
     * @return null when there is one of that name with a class already
     */
    public @Nullable FilterEntry addFilter(String name, Consumer<FilterEntry> definition) {
        checkOpen(name);
        FilterEntry entry = declareFilter(name);
        if (!entry.isPreliminary()) {
            return null;
        }
        definition.accept(entry);
        return entry;
    }

    /** Adds a filter by the name of its class. */
    public @Nullable FilterEntry addFilter(String name, String className) {
        return addFilter(name, entry -> entry.className(className));
    }

    @Nullable FilterEntry addFilter(String name, Class<? extends Filter> type) {
        return addFilter(name, entry -> entry.type(type));
    }

    @Nullable FilterEntry addFilter(String name, Filter filter) {
        for (FilterEntry each : filters.values()) {
            if (each.holds(filter)) {
                return null;
            }
        }
        return addFilter(name, entry -> entry.instance(filter));
    }

    /** The filter of a name, which may not have a class yet. */
    public FilterEntry declareFilter(String name) {
        return filters.computeIfAbsent(name, key -> new FilterEntry(key, this));
    }

    /** The filters by name, in the order in which they were declared. */
    public Map<String, FilterEntry> filters() {
        return Collections.unmodifiableMap(filters);
    }

    /**
     * Adds a mapping of a filter.
     *
     * @param after whether it comes behind those that are there, or before all declared ones
     */
    public void map(FilterMapping mapping, boolean after) {
        mapping.urlPatterns().forEach(PathPattern::ofServlet);
        if (after) {
            filterMappings.add(mapping);
        } else {
            filterMappings.add(beforeDeclared++, mapping);
        }
    }

    /** The mappings of filters in their order. */
    public List<FilterMapping> filterMappings() {
        return Collections.unmodifiableList(filterMappings);
    }
}
