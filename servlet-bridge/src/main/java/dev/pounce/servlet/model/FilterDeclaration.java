package dev.pounce.servlet.model;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * A filter (Servlet specification, section 6.2).
 *
 * @param name its name
 * @param className its class, or null when only another declaration names it
 * @param initParameters its parameters
 * @param asyncSupported whether it supports asynchronous processing
 */
public record FilterDeclaration(
        String name,
        @Nullable String className,
        Map<String, String> initParameters,
        boolean asyncSupported) {

    /** Copies the parameters. */
    public FilterDeclaration {
        initParameters = Map.copyOf(initParameters);
    }
}
