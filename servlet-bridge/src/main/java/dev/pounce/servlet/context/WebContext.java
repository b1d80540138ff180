package dev.pounce.servlet.context;

import dev.pounce.api.Drain;
import dev.pounce.servlet.session.SessionConfig;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.descriptor.JspConfigDescriptor;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.EventListener;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * An application as its own code sees it: a façade over what is registered, its listeners, files
 * and attributes. Thread-safe once the application runs; while it starts, only the thread that
 * starts it may change anything.
 */
public final class WebContext implements ServletContext {
    private static final int MAJOR = 6;
    private static final int MINOR = 1;

    private final ContextSettings settings;
    private final ContextFiles files;
    private final Registry registry;
    private final ContextListeners listeners;
    private final ContextAttributes attributes;
    private final InitParameters parameters = new InitParameters();
    private final ContextSessions sessions = new ContextSessions();
    private final Set<String> declaredRoles = new LinkedHashSet<>();

    /** Servlets that the application has made through this, until it runs. */
    private final Set<Servlet> created = Collections.newSetFromMap(new IdentityHashMap<>());

    private final ContextCharsets charsets = new ContextCharsets();
    private final Logger log;
    private final LateDispatchers dispatchers;
    private volatile Phase phase = Phase.INITIALIZING;
    private @Nullable String name;
    private @Nullable JspConfigDescriptor jspConfig;

    /** An application that is about to start. */
    public WebContext(ContextSettings settings, Resources resources, Registry registry) {
        this.settings = settings;
        this.files = new ContextFiles(resources);
        this.registry = registry;
        this.dispatchers = new LateDispatchers(registry);
        String path = settings.contextPath();
        log = LoggerFactory.getLogger("webapp." + (path.isEmpty() ? "ROOT" : path.substring(1)));
        listeners = new ContextListeners(registry.components(), log);
        attributes = new ContextAttributes(this, listeners);
        attributes.set(TEMPDIR, settings.workFolder().toFile());
        attributes.set(Drain.ATTRIBUTE, settings.drain());
    }

    /** Goes on in the application's life. */
    public void phase(Phase next) {
        if (next.compareTo(phase) < 0) {
            throw new IllegalStateException(
                    "an application does not go from " + phase + " to " + next);
        }
        phase = next;
        if (next == Phase.RUNNING) {
            registry.close();
            created.clear();
            sessions.freeze();
        }
    }

    private void checkStarting(String what) {
        if (phase.compareTo(Phase.RUNNING) >= 0) {
            throw new IllegalStateException(
                    what + " can only be changed while the application starts");
        }
    }

    /** Gives what makes dispatchers. */
    public void dispatchers(Dispatchers made) {
        dispatchers.are(made);
    }

    /** Its folder for temporary files. */
    public Path workFolder() {
        return settings.workFolder();
    }

    /** What is registered. */
    public Registry registry() {
        return registry;
    }

    /** Its listeners. */
    public ContextListeners listeners() {
        return listeners;
    }

    /** The application as one of its context listeners may see it. */
    public ServletContext seenBy(ServletContextListener listener) {
        return listeners.isDeclared(listener) ? this : RestrictedContext.of(this);
    }

    /** Its files. */
    public Resources resources() {
        return files.resources();
    }

    /** The roles that were declared from code. */
    public Set<String> declaredRoles() {
        return Set.copyOf(declaredRoles);
    }

    /** What its sessions are, as far as it is configured. */
    public ContextSessions sessions() {
        return sessions;
    }

    // What a descriptor says

    /** Names the libraries that take part in the application, where an order was laid down. */
    public void orderedLibraries(List<String> names) {
        attributes.set(ORDERED_LIBS, names);
    }

    /** Sets what whoever runs JSP files is told; null for nothing. */
    public void jspConfig(@Nullable JspConfigDescriptor config) {
        jspConfig = config;
    }

    /** Sets the name for people. */
    public void name(@Nullable String displayName) {
        name = displayName;
    }

    /** Adds media types by extension; those that are there stay. */
    public void addMimeTypes(Map<String, String> byExtension) {
        files.addMimeTypes(byExtension);
    }

    /** Adds charsets by locale; those that are there stay. */
    public void addLocaleCharsets(Map<String, String> byLocale) {
        charsets.add(byLocale);
    }

    /** The charset for a locale, or null when it has none of its own. */
    public @Nullable String charsetOf(Locale locale) {
        return charsets.of(locale);
    }

    // Identity

    @Override
    public String getContextPath() {
        return settings.contextPath();
    }

    /** Other applications are shown where this one may dispatch to them (servlet.cross_context). */
    @Override
    public @Nullable ServletContext getContext(@Nullable String path) {
        return settings.visible(path, this);
    }

    @Override
    public int getMajorVersion() {
        return MAJOR;
    }

    @Override
    public int getMinorVersion() {
        return MINOR;
    }

    @Override
    public int getEffectiveMajorVersion() {
        return settings.effectiveMajor();
    }

    @Override
    public int getEffectiveMinorVersion() {
        return settings.effectiveMinor();
    }

    @Override
    public String getServerInfo() {
        return settings.serverInfo();
    }

    @Override
    public @Nullable String getServletContextName() {
        return name;
    }

    @Override
    public String getVirtualServerName() {
        return settings.virtualServerName();
    }

    @Override
    public ClassLoader getClassLoader() {
        return settings.loader();
    }

    @Override
    public void log(String message) {
        log.info("{}", message);
    }

    @Override
    public void log(String message, Throwable thrown) {
        log.error("{}", message, thrown);
    }

    // Files

    @Override
    public @Nullable String getMimeType(@Nullable String file) {
        return files.mimeType(file);
    }

    @Override
    public @Nullable Set<String> getResourcePaths(@Nullable String path) {
        return files.paths(path);
    }

    @Override
    public @Nullable URL getResource(@Nullable String path) throws MalformedURLException {
        return files.url(path);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(@Nullable String path) {
        return files.stream(path);
    }

    @Override
    public @Nullable String getRealPath(@Nullable String path) {
        return files.realPath(path);
    }

    // Dispatchers

    @Override
    public @Nullable RequestDispatcher getRequestDispatcher(@Nullable String path) {
        return dispatchers.ofPath(path);
    }

    /**
     * A dispatcher to what answers a client's request, once the application has started.
     *
     * @param uri the path as a client sends it, the context path included
     * @return null when it cannot be read or is none of this application
     */
    public @Nullable RequestDispatcher dispatcherOfUri(String uri) {
        return dispatchers.made().ofUri(uri);
    }

    @Override
    public @Nullable RequestDispatcher getNamedDispatcher(@Nullable String servletName) {
        return dispatchers.ofName(servletName);
    }

    // Parameters and attributes

    @Override
    public @Nullable String getInitParameter(String parameter) {
        return parameters.get(Objects.requireNonNull(parameter, "a parameter needs a name"));
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
        return Collections.enumeration(parameters.all().keySet());
    }

    @Override
    public boolean setInitParameter(String parameter, String value) {
        Objects.requireNonNull(parameter, "a parameter needs a name");
        checkStarting("a parameter");
        return parameters.set(parameter, value);
    }

    @Override
    public @Nullable Object getAttribute(String attribute) {
        return attributes.get(Objects.requireNonNull(attribute, "an attribute needs a name"));
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(Set.copyOf(attributes.names()));
    }

    @Override
    public void setAttribute(String attribute, @Nullable Object value) {
        attributes.set(Objects.requireNonNull(attribute, "an attribute needs a name"), value);
    }

    @Override
    public void removeAttribute(String attribute) {
        attributes.remove(attribute);
    }

    // Servlets

    @Override
    public ServletRegistration.@Nullable Dynamic addServlet(String servlet, String className) {
        return introspected(registry.addServlet(servlet, className), true);
    }

    @Override
    public ServletRegistration.@Nullable Dynamic addServlet(String servlet, Servlet instance) {
        return introspected(registry.addServlet(servlet, instance), created.contains(instance));
    }

    @Override
    public ServletRegistration.@Nullable Dynamic addServlet(
            String servlet, Class<? extends Servlet> type) {
        return introspected(registry.addServlet(servlet, type), true);
    }

    private static ServletRegistration.@Nullable Dynamic introspected(
            @Nullable ServletEntry added, boolean counts) {
        if (added != null) {
            added.introspected(counts);
        }
        return added;
    }

    @Override
    public ServletRegistration.@Nullable Dynamic addJspFile(String servlet, String jspFile) {
        if (jspFile == null || !jspFile.startsWith("/")) {
            throw new IllegalArgumentException(
                    "the path of a JSP file must begin with /: " + jspFile);
        }
        ServletEntry added = registry.addJspFile(servlet, jspFile);
        if (added != null) {
            added.setInitParameter("jspFile", jspFile);
        }
        return added;
    }

    @Override
    public <T extends Servlet> T createServlet(Class<T> type) throws ServletException {
        T servlet = registry.components().create(type);
        if (phase.compareTo(Phase.RUNNING) < 0) {
            created.add(servlet);
        }
        return servlet;
    }

    @Override
    public @Nullable ServletRegistration getServletRegistration(String servlet) {
        return registry.servlet(servlet);
    }

    @Override
    public Map<String, ? extends ServletRegistration> getServletRegistrations() {
        return registry.servlets();
    }

    // Filters

    @Override
    public FilterRegistration.@Nullable Dynamic addFilter(String filter, String className) {
        return registry.addFilter(filter, className);
    }

    @Override
    public FilterRegistration.@Nullable Dynamic addFilter(String filter, Filter instance) {
        return registry.addFilter(filter, instance);
    }

    @Override
    public FilterRegistration.@Nullable Dynamic addFilter(
            String filter, Class<? extends Filter> type) {
        return registry.addFilter(filter, type);
    }

    @Override
    public <T extends Filter> T createFilter(Class<T> type) throws ServletException {
        return registry.components().create(type);
    }

    @Override
    public @Nullable FilterRegistration getFilterRegistration(String filter) {
        return registry.filters().get(filter);
    }

    @Override
    public Map<String, ? extends FilterRegistration> getFilterRegistrations() {
        return registry.filters();
    }

    // Listeners

    @Override
    public void addListener(String className) {
        try {
            addListener(listeners.load(className));
        } catch (ServletException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public void addListener(Class<? extends EventListener> type) {
        try {
            addListener(createListener(type));
        } catch (ServletException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public <T extends EventListener> void addListener(T listener) {
        checkStarting("the listeners");
        if (listener instanceof ServletContextListener && phase != Phase.INITIALIZING) {
            throw new IllegalArgumentException(
                    "a ServletContextListener can only be added by a ServletContainerInitializer");
        }
        listeners.add(listener);
    }

    @Override
    public <T extends EventListener> T createListener(Class<T> type) throws ServletException {
        return listeners.create(type);
    }

    // Sessions

    @Override
    public SessionCookieConfig getSessionCookieConfig() {
        return sessions.cookies();
    }

    @Override
    public void setSessionTrackingModes(Set<SessionTrackingMode> modes) {
        checkStarting("the tracking modes");
        sessions.trackingModes(modes);
    }

    @Override
    public Set<SessionTrackingMode> getDefaultSessionTrackingModes() {
        return SessionConfig.DEFAULT_TRACKING_MODES;
    }

    @Override
    public Set<SessionTrackingMode> getEffectiveSessionTrackingModes() {
        return sessions.trackingModes();
    }

    @Override
    public int getSessionTimeout() {
        return sessions.timeoutMinutes();
    }

    @Override
    public void setSessionTimeout(int minutes) {
        checkStarting("the session timeout");
        sessions.timeoutMinutes(minutes);
    }

    // Charsets

    @Override
    public @Nullable String getRequestCharacterEncoding() {
        return charsets.request();
    }

    @Override
    public void setRequestCharacterEncoding(@Nullable String charset) {
        checkStarting("the charset of requests");
        charsets.request(charset);
    }

    @Override
    public @Nullable String getResponseCharacterEncoding() {
        return charsets.response();
    }

    @Override
    public void setResponseCharacterEncoding(@Nullable String charset) {
        checkStarting("the charset of responses");
        charsets.response(charset);
    }

    // What other parts of the platform provide

    @Override
    public @Nullable JspConfigDescriptor getJspConfigDescriptor() {
        return jspConfig;
    }

    @Override
    public void declareRoles(String... roles) {
        checkStarting("the roles");
        for (String role : roles) {
            if (role == null || role.isEmpty()) {
                throw new IllegalArgumentException("a role needs a name");
            }
            declaredRoles.add(role);
        }
    }
}
