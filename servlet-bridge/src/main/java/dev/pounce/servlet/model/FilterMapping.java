package dev.pounce.servlet.model;

import jakarta.servlet.DispatcherType;

import java.util.List;
import java.util.Set;

/**
 * What a filter stands before; the order of mappings is that of filters.
 *
 * @param filterName the filter
 * @param urlPatterns the paths
 * @param servletNames the servlets, {@code *} for all
 * @param dispatcherTypes the ways on which it is called
 */
public record FilterMapping(
        String filterName,
        List<String> urlPatterns,
        List<String> servletNames,
        Set<DispatcherType> dispatcherTypes) {

    /** Copies; no way means REQUEST (Servlet specification, section 6.2.5). */
    public FilterMapping {
        urlPatterns = List.copyOf(urlPatterns);
        servletNames = List.copyOf(servletNames);
        dispatcherTypes =
                dispatcherTypes.isEmpty()
                        ? Set.of(DispatcherType.REQUEST)
                        : Set.copyOf(dispatcherTypes);
    }
}
