package dev.pounce.servlet.model;

import java.util.List;

/**
 * The paths of a servlet.
 *
 * @param servletName the servlet
 * @param urlPatterns its patterns
 */
public record ServletMapping(String servletName, List<String> urlPatterns) {

    /** Copies the patterns. */
    public ServletMapping {
        urlPatterns = List.copyOf(urlPatterns);
    }
}
