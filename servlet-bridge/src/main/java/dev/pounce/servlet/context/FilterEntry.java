package dev.pounce.servlet.context;

import dev.pounce.servlet.model.FilterMapping;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** A registered filter and its instance, which lives as long as the application. */
public final class FilterEntry extends ComponentEntry<Filter>
        implements FilterRegistration.Dynamic {
    private static final Logger LOG = LoggerFactory.getLogger(FilterEntry.class);

    private @Nullable Filter running;

    FilterEntry(String name, Registry registry) {
        super(name, Filter.class, registry);
    }

    /**
     * Makes and initializes the instance.
     *
     * @throws ServletException why it does not start
     */
    public void start(ServletContext context) throws ServletException {
        Filter filter = make();
        filter.init(config(context));
        running = filter;
    }

    /** The instance of a filter that was started. */
    public Filter filter() {
        return Objects.requireNonNull(running, "the filter is not started");
    }

    /** Ends the instance, if there is one. */
    public void stop() {
        Filter filter = running;
        running = null;
        if (filter != null) {
            try {
                filter.destroy();
            } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
                LOG.warn("filter {} did not end cleanly", getName(), e);
            }
            registry().components().end(filter);
        }
    }

    @Override
    public void addMappingForServletNames(
            @Nullable EnumSet<DispatcherType> types, boolean after, String... servletNames) {
        add(types, after, List.of(), required(servletNames));
    }

    @Override
    public void addMappingForUrlPatterns(
            @Nullable EnumSet<DispatcherType> types, boolean after, String... urlPatterns) {
        add(types, after, required(urlPatterns), List.of());
    }

    private List<String> required(String @Nullable [] values) {
        checkOpen();
        if (values == null || values.length == 0) {
            throw new IllegalArgumentException(
                    "filter " + getName() + " needs at least one url-pattern or servlet name");
        }
        return List.of(values);
    }

    private void add(
            @Nullable EnumSet<DispatcherType> types,
            boolean after,
            List<String> urlPatterns,
            List<String> servletNames) {
        Set<DispatcherType> on = types == null ? Set.of() : types;
        registry().map(new FilterMapping(getName(), urlPatterns, servletNames, on), after);
    }

    @Override
    public Collection<String> getServletNameMappings() {
        return collect(FilterMapping::servletNames);
    }

    @Override
    public Collection<String> getUrlPatternMappings() {
        return collect(FilterMapping::urlPatterns);
    }

    private Collection<String> collect(Function<FilterMapping, List<String>> part) {
        List<String> all = new ArrayList<>();
        for (FilterMapping mapping : registry().filterMappings()) {
            if (mapping.filterName().equals(getName())) {
                all.addAll(part.apply(mapping));
            }
        }
        return all;
    }
}
