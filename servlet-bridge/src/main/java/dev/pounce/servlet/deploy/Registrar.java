package dev.pounce.servlet.deploy;

import dev.pounce.servlet.context.FilterEntry;
import dev.pounce.servlet.context.Registry;
import dev.pounce.servlet.context.ServletEntry;
import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.model.Descriptor;
import dev.pounce.servlet.model.FilterDeclaration;
import dev.pounce.servlet.model.FilterMapping;
import dev.pounce.servlet.model.JspConfig;
import dev.pounce.servlet.model.ServletDeclaration;
import dev.pounce.servlet.model.ServletMapping;

/** Registers what an application declares. */
final class Registrar {
    private final WebContext context;
    private final Registry registry;

    Registrar(WebContext context) {
        this.context = context;
        this.registry = context.registry();
    }

    /**
     * Registers all of it.
     *
     * @param declared what was merged out of all that the application declares
     * @throws DeclarationException when a mapping is malformed or names what is not declared
     */
    void register(Descriptor declared) throws DeclarationException {
        context.name(declared.head().displayName());
        declared.contextParameters().forEach(context::setInitParameter);
        context.addMimeTypes(declared.mimeTypes());
        context.addLocaleCharsets(declared.localeCharsets());
        context.setRequestCharacterEncoding(declared.requestCharset());
        context.setResponseCharacterEncoding(declared.responseCharset());
        JspConfig jsp = declared.jsp();
        context.jspConfig(jsp.taglibs().isEmpty() && jsp.groups().isEmpty() ? null : jsp);
        SessionSettings.apply(declared.session(), context.sessions());
        try {
            declared.servlets().forEach(this::servlet);
            for (ServletMapping each : declared.servletMappings()) {
                map(each);
            }
            declared.filters().forEach(this::filter);
            for (FilterMapping each : declared.filterMappings()) {
                map(each);
            }
        } catch (IllegalArgumentException e) {
            throw new DeclarationException(
                    declared.head().source() + ": " + String.valueOf(e.getMessage()), e);
        }
    }

    private void servlet(ServletDeclaration declared) {
        ServletEntry entry = registry.declareServlet(declared.name());
        String className = declared.className();
        if (className != null) {
            registry.addServlet(declared.name(), className);
        }
        String jspFile = declared.jspFile();
        if (jspFile != null) {
            context.addJspFile(declared.name(), jspFile);
        }
        declared.initParameters().forEach(entry::setInitParameter);
        if (declared.loadOnStartup() != null) {
            entry.setLoadOnStartup(declared.loadOnStartup());
        }
        if (declared.asyncSupported() != null) {
            entry.setAsyncSupported(declared.asyncSupported());
        }
        entry.enabled(declared.isEnabled());
        if (declared.multipart() != null) {
            entry.multipart(declared.multipart());
        }
        if (declared.runAs() != null) {
            entry.setRunAsRole(declared.runAs());
        }
        entry.roleReferences(declared.roleReferences());
    }

    private void map(ServletMapping mapping) throws DeclarationException {
        ServletEntry entry = registry.servlet(mapping.servletName());
        if (entry == null) {
            throw new DeclarationException(
                    "a mapping names the servlet "
                            + mapping.servletName()
                            + ", which is not declared");
        }
        if (entry.isEnabled()) {
            entry.addMapping(mapping.urlPatterns().toArray(String[]::new));
        }
    }

    private void filter(FilterDeclaration declared) {
        FilterEntry entry = registry.declareFilter(declared.name());
        String className = declared.className();
        if (className != null) {
            registry.addFilter(declared.name(), className);
        }
        declared.initParameters().forEach(entry::setInitParameter);
        if (declared.asyncSupported() != null) {
            entry.setAsyncSupported(declared.asyncSupported());
        }
    }

    private void map(FilterMapping mapping) {
        registry.declareFilter(mapping.filterName());
        registry.map(mapping, true);
    }
}
