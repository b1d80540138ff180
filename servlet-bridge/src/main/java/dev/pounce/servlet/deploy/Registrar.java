package dev.pounce.servlet.deploy;

import dev.pounce.servlet.context.FilterEntry;
import dev.pounce.servlet.context.Registry;
import dev.pounce.servlet.context.ServletEntry;
import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.model.Descriptor;
import dev.pounce.servlet.model.FilterDeclaration;
import dev.pounce.servlet.model.FilterMapping;
import dev.pounce.servlet.model.MultipartLimits;
import dev.pounce.servlet.model.ServletDeclaration;
import dev.pounce.servlet.model.ServletMapping;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Registers what an application declares: what an earlier descriptor says of a servlet, filter or
 * parameter counts, and a later one adds to it (Servlet specification, section 8.2.3).
 */
final class Registrar {
    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);

    private final WebContext context;
    private final Registry registry;
    private final Set<String> listeners = new LinkedHashSet<>();
    private final Set<String> mappedServlets = new HashSet<>();
    private final Set<String> mappedFilters = new HashSet<>();
    private final Set<String> asyncDecided = new HashSet<>();

    Registrar(WebContext context) {
        this.context = context;
        this.registry = context.registry();
    }

    /**
     * Registers all of it.
     *
     * @throws DeclarationException when two servlets of one descriptor want the same pattern, or a
     *     mapping is malformed
     */
    void register(Declarations declarations) throws DeclarationException {
        register(declarations.descriptor());
        for (Descriptor each : declarations.others()) {
            register(each);
        }
    }

    /** The classes of listeners, each once, in their order. */
    List<String> listeners() {
        return List.copyOf(listeners);
    }

    private void register(Descriptor descriptor) throws DeclarationException {
        descriptor.contextParameters().forEach(context::setInitParameter);
        context.addMimeTypes(descriptor.mimeTypes());
        context.addLocaleCharsets(descriptor.localeCharsets());
        listeners.addAll(descriptor.listeners());
        try {
            servlets(descriptor);
            filters(descriptor);
        } catch (IllegalArgumentException e) {
            throw new DeclarationException(String.valueOf(e.getMessage()), e);
        }
    }

    private void servlets(Descriptor descriptor) throws DeclarationException {
        for (ServletDeclaration each : descriptor.servlets()) {
            servlet(each);
        }
        Set<String> mappedBefore = Set.copyOf(mappedServlets);
        for (ServletMapping each : descriptor.servletMappings()) {
            if (mappedBefore.contains(each.servletName())) {
                continue;
            }
            mappedServlets.add(each.servletName());
            ServletEntry entry = registry.servlet(each.servletName());
            if (entry == null) {
                throw new DeclarationException(
                        "a mapping names the servlet "
                                + each.servletName()
                                + ", which is not declared");
            }
            Set<String> taken = entry.addMapping(each.urlPatterns().toArray(String[]::new));
            if (!taken.isEmpty()) {
                throw new DeclarationException(
                        "the servlet "
                                + each.servletName()
                                + " is mapped to "
                                + String.join(", ", taken)
                                + ", which another servlet has");
            }
        }
    }

    private void servlet(ServletDeclaration declared) {
        if (declared.jspFile() != null) {
            LOG.warn(
                    "servlet {} is the JSP file {}, which this build does not run",
                    declared.name(),
                    declared.jspFile());
        }
        ServletEntry entry = registry.declareServlet(declared.name());
        boolean first = entry.getClassName() == null;
        String className = declared.className();
        if (first && className != null) {
            registry.addServlet(declared.name(), className);
        }
        declared.initParameters().forEach(entry::setInitParameter);
        if (entry.loadOnStartup() < 0) {
            entry.setLoadOnStartup(declared.loadOnStartup());
        }
        if (asyncDecided.add("servlet " + declared.name())) {
            entry.setAsyncSupported(declared.asyncSupported());
            entry.enabled(declared.enabled());
        }
        MultipartLimits multipart = declared.multipart();
        if (multipart != null && entry.multipart() == null) {
            entry.multipart(multipart);
        }
    }

    private void filters(Descriptor descriptor) {
        for (FilterDeclaration each : descriptor.filters()) {
            FilterEntry entry = registry.declareFilter(each.name());
            String className = each.className();
            if (entry.getClassName() == null && className != null) {
                registry.addFilter(each.name(), className);
            }
            each.initParameters().forEach(entry::setInitParameter);
            if (asyncDecided.add("filter " + each.name())) {
                entry.setAsyncSupported(each.asyncSupported());
            }
        }
        Set<String> mappedBefore = Set.copyOf(mappedFilters);
        for (FilterMapping each : descriptor.filterMappings()) {
            if (!mappedBefore.contains(each.filterName())) {
                mappedFilters.add(each.filterName());
                registry.map(each, true);
            }
        }
    }
}
