package dev.pounce.servlet.model;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * A servlet (Servlet specification, section 14.4).
 *
 * @param name its name
 * @param className its class, or null when it only refers to a JSP file or another declaration
 * @param jspFile its JSP file, or null
 * @param initParameters its parameters
 * @param loadOnStartup the order in which it is started; negative when it starts with its first
 *     request
 * @param asyncSupported whether it supports asynchronous processing
 * @param enabled whether it answers requests
 * @param multipart its limits for parts, or null when it takes none
 */
public record ServletDeclaration(
        String name,
        @Nullable String className,
        @Nullable String jspFile,
        Map<String, String> initParameters,
        int loadOnStartup,
        boolean asyncSupported,
        boolean enabled,
        @Nullable MultipartLimits multipart) {

    /** Copies the parameters. */
    public ServletDeclaration {
        initParameters = Map.copyOf(initParameters);
    }
}
