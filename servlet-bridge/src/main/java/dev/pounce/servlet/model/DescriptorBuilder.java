package dev.pounce.servlet.model;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what a descriptor or annotations declare. Used by one thread. */
public final class DescriptorBuilder {
    private DescriptorHead head;
    private final Map<String, String> contextParameters = new LinkedHashMap<>();
    private final List<String> listeners = new ArrayList<>();
    private final List<ServletDeclaration> servlets = new ArrayList<>();
    private final List<ServletMapping> servletMappings = new ArrayList<>();
    private final List<FilterDeclaration> filters = new ArrayList<>();
    private final List<FilterMapping> filterMappings = new ArrayList<>();
    private final List<String> welcomeFiles = new ArrayList<>();
    private final List<ErrorPage> errorPages = new ArrayList<>();
    private final Map<String, String> mimeTypes = new LinkedHashMap<>();
    private final Map<String, String> localeCharsets = new LinkedHashMap<>();
    private @Nullable String requestCharset;
    private @Nullable String responseCharset;
    private SessionDeclaration session = SessionDeclaration.NOTHING;
    private final List<SecurityConstraint> constraints = new ArrayList<>();
    private @Nullable LoginConfig login;
    private final List<String> roles = new ArrayList<>();
    private boolean uncoveredDenied;
    private final List<JspConfig.Taglib> taglibs = new ArrayList<>();
    private final List<JspConfig.PropertyGroup> jspGroups = new ArrayList<>();
    private final List<LifecycleCallback> callbacks = new ArrayList<>();
    private final Set<String> skipped = new LinkedHashSet<>();

    /**
     * @param source where it comes from, for messages
     */
    public DescriptorBuilder(String source) {
        head = DescriptorHead.of(source);
    }

    /** All that was collected. */
    public Descriptor build() {
        return new Descriptor(
                head,
                contextParameters,
                listeners,
                servlets,
                servletMappings,
                filters,
                filterMappings,
                welcomeFiles,
                errorPages,
                mimeTypes,
                localeCharsets,
                requestCharset,
                responseCharset,
                session,
                constraints,
                login,
                roles,
                uncoveredDenied,
                new JspConfig(taglibs, jspGroups),
                callbacks,
                List.copyOf(skipped));
    }

    void head(DescriptorHead said) {
        head = said;
    }

    Map<String, String> contextParameters() {
        return contextParameters;
    }

    /** Adds the class of a listener. */
    public void listener(String className) {
        listeners.add(className);
    }

    /** Adds a servlet. */
    public void servlet(ServletDeclaration servlet) {
        servlets.add(servlet);
    }

    List<ServletDeclaration> servlets() {
        return servlets;
    }

    /** Adds paths of a servlet. */
    public void servletMapping(ServletMapping mapping) {
        servletMappings.add(mapping);
    }

    /** Adds a filter. */
    public void filter(FilterDeclaration filter) {
        filters.add(filter);
    }

    List<FilterDeclaration> filters() {
        return filters;
    }

    /** Adds what a filter stands before. */
    public void filterMapping(FilterMapping mapping) {
        filterMappings.add(mapping);
    }

    List<String> welcomeFiles() {
        return welcomeFiles;
    }

    void errorPage(ErrorPage page) {
        errorPages.add(page);
    }

    Map<String, String> mimeTypes() {
        return mimeTypes;
    }

    Map<String, String> localeCharsets() {
        return localeCharsets;
    }

    void requestCharset(String charset) {
        requestCharset = charset;
    }

    void responseCharset(String charset) {
        responseCharset = charset;
    }

    void session(SessionDeclaration declared) {
        session = declared;
    }

    void constraint(SecurityConstraint constraint) {
        constraints.add(constraint);
    }

    void login(LoginConfig config) {
        login = config;
    }

    void role(String name) {
        roles.add(name);
    }

    void uncoveredDenied() {
        uncoveredDenied = true;
    }

    List<JspConfig.Taglib> taglibs() {
        return taglibs;
    }

    List<JspConfig.PropertyGroup> jspGroups() {
        return jspGroups;
    }

    /** Adds a method that is called when a component is made or ends. */
    public void callback(LifecycleCallback callback) {
        callbacks.add(callback);
    }

    void skipped(String element) {
        skipped.add(element);
    }
}
