package dev.pounce.servlet.model;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * A servlet (Servlet specification, section 14.4); null where nothing is said, so that another
 * declaration of the same servlet can say it.
 *
 * @param name its name
 * @param className its class, or null
 * @param jspFile its JSP file, or null
 * @param initParameters its parameters
 * @param loadOnStartup the order in which it is started; negative when it starts with its first
 *     request
 * @param asyncSupported whether it supports asynchronous processing
 * @param enabled whether it answers requests
 * @param multipart its limits for parts
 * @param runAs the role that it calls others with
 * @param roleReferences the roles that it means, by the names that it calls them
 */
public record ServletDeclaration(
        String name,
        @Nullable String className,
        @Nullable String jspFile,
        Map<String, String> initParameters,
        @Nullable Integer loadOnStartup,
        @Nullable Boolean asyncSupported,
        @Nullable Boolean enabled,
        @Nullable MultipartLimits multipart,
        @Nullable String runAs,
        Map<String, String> roleReferences) {

    /** Copies. */
    public ServletDeclaration {
        initParameters = Map.copyOf(initParameters);
        roleReferences = Map.copyOf(roleReferences);
    }

    /** Whether it answers requests, which it does unless something else is said. */
    public boolean isEnabled() {
        return enabled == null || enabled;
    }
}
