package dev.pounce.servlet.model;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * A filter (Servlet specification, section 6.2); null where nothing is said.
 *
 * @param name its name
 * @param className its class, or null
 * @param initParameters its parameters
 * @param asyncSupported whether it supports asynchronous processing
 */
public record FilterDeclaration(
        String name,
        @Nullable String className,
        Map<String, String> initParameters,
        @Nullable Boolean asyncSupported) {

    /** Copies the parameters. */
    public FilterDeclaration {
        initParameters = Map.copyOf(initParameters);
    }
}
