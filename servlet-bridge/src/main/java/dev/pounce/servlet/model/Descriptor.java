package dev.pounce.servlet.model;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * What one deployment descriptor declares, or several that were merged. Immutable.
 *
 * @param head what it says of itself
 * @param contextParameters the application's parameters
 * @param listeners classes of listeners, in their order
 * @param servlets the servlets
 * @param servletMappings their paths
 * @param filters the filters
 * @param filterMappings what they stand before, in their order
 * @param welcomeFiles names of files that answer for a folder
 * @param errorPages who describes errors
 * @param mimeTypes media types by extension
 * @param localeCharsets charsets by locale
 * @param requestCharset the charset of requests that name none, or null
 * @param responseCharset the charset of responses that name none, or null
 * @param session its sessions
 * @param constraints who may ask for what
 * @param login how users prove who they are, or null
 * @param roles the roles that are declared
 * @param uncoveredDenied whether a method that no constraint of a constrained path names is refused
 * @param jsp what it says of JSP files
 * @param callbacks methods of components that are called when they are made and when they end
 * @param skipped elements that have no effect, for a warning; each once, with its place
 */
public record Descriptor(
        DescriptorHead head,
        Map<String, String> contextParameters,
        List<String> listeners,
        List<ServletDeclaration> servlets,
        List<ServletMapping> servletMappings,
        List<FilterDeclaration> filters,
        List<FilterMapping> filterMappings,
        List<String> welcomeFiles,
        List<ErrorPage> errorPages,
        Map<String, String> mimeTypes,
        Map<String, String> localeCharsets,
        @Nullable String requestCharset,
        @Nullable String responseCharset,
        SessionDeclaration session,
        List<SecurityConstraint> constraints,
        @Nullable LoginConfig login,
        List<String> roles,
        boolean uncoveredDenied,
        JspConfig jsp,
        List<LifecycleCallback> callbacks,
        List<String> skipped) {

    /** Copies. */
    public Descriptor {
        contextParameters = Map.copyOf(contextParameters);
        listeners = List.copyOf(listeners);
        servlets = List.copyOf(servlets);
        servletMappings = List.copyOf(servletMappings);
        filters = List.copyOf(filters);
        filterMappings = List.copyOf(filterMappings);
        welcomeFiles = List.copyOf(welcomeFiles);
        errorPages = List.copyOf(errorPages);
        mimeTypes = Map.copyOf(mimeTypes);
        localeCharsets = Map.copyOf(localeCharsets);
        constraints = List.copyOf(constraints);
        roles = List.copyOf(roles);
        callbacks = List.copyOf(callbacks);
        skipped = List.copyOf(skipped);
    }
}
