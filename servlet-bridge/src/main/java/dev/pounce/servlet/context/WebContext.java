package dev.pounce.servlet.context;

import dev.pounce.api.Drain;
import dev.pounce.servlet.session.BridgeSessionCookieConfig;
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
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
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
import java.util.function.Consumer;

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
    private final ContextListeners listeners = new ContextListeners();
    private final ContextAttributes attributes = new ContextAttributes(this, listeners);
    private final InitParameters parameters = new InitParameters();
    private final BridgeSessionCookieConfig cookies = new BridgeSessionCookieConfig();
    private final Set<String> declaredRoles = new LinkedHashSet<>();

    /** Servlets that the application has made through this, until it runs. */
    private final Set<Servlet> created = Collections.newSetFromMap(new IdentityHashMap<>());

    private final LocaleCharsets localeCharsets = new LocaleCharsets();
    private final Logger log;
    private volatile Phase phase = Phase.INITIALIZING;
    private Set<SessionTrackingMode> trackingModes = SessionConfig.DEFAULT_TRACKING_MODES;
    private @Nullable Dispatchers dispatchers;
    private @Nullable String name;
    private @Nullable String requestCharset;
    private @Nullable String responseCharset;
    private @Nullable JspConfigDescriptor jspConfig;
    private int sessionTimeoutSeconds = 30 * 60;

    /** An application that is about to start. */
    public WebContext(ContextSettings settings, Resources resources, Registry registry) {
        this.settings = settings;
        this.files = new ContextFiles(resources);
        this.registry = registry;
        String path = settings.contextPath();
        log = LoggerFactory.getLogger("webapp." + (path.isEmpty() ? "ROOT" : path.substring(1)));
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
            cookies.freeze();
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
        dispatchers = made;
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

    /**
     * Makes the listeners that descriptors and annotations name; those that initializers have added
     * come after them. One that listens to nothing is left out with a warning, since other
     * containers leave it out, too.
     *
     * @param declared the classes, in their order
     * @param restricted classes that tag libraries name, which must not register anything
     * @throws ServletException when one cannot be made
     */
    public void startListening(List<String> declared, List<String> restricted)
            throws ServletException {
        for (String each : declared) {
            startListening(each, listeners::addDeclared);
        }
        listeners.initialized();
        for (String each : restricted) {
            startListening(each, listeners::add);
        }
    }

    private void startListening(String className, Consumer<EventListener> add)
            throws ServletException {
        Class<? extends EventListener> type =
                registry.components().load(className, EventListener.class);
        if (ContextListeners.isListener(type)) {
            add.accept(createListener(type));
        } else {
            log.warn("a declared listener is left out: {}", listensToNothing(type));
        }
    }

    /** The application as one of its context listeners may see it. */
    public ServletContext seenBy(ServletContextListener listener) {
        return listeners.isDeclared(listener) ? this : RestrictedContext.of(this);
    }

    /** Tells all listeners that they have ended, the last first. */
    public void endListeners() {
        listeners.lastFirst().forEach(registry.components()::end);
    }

    /** Its files. */
    public Resources resources() {
        return files.resources();
    }

    /** The roles that were declared from code. */
    public Set<String> declaredRoles() {
        return Set.copyOf(declaredRoles);
    }

    /** Its session cookie as far as it is configured. */
    public BridgeSessionCookieConfig cookies() {
        return cookies;
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
        localeCharsets.add(byLocale);
    }

    /** The charset for a locale, or null when it has none of its own. */
    public @Nullable String charsetOf(Locale locale) {
        return localeCharsets.of(locale, getResponseCharacterEncoding());
    }

    // Identity

    @Override
    public String getContextPath() {
        return settings.contextPath();
    }

    /** Other applications are shown where this one may dispatch to them (servlet.cross_context). */
    @Override
    public @Nullable ServletContext getContext(@Nullable String path) {
        if (path == null || !path.startsWith("/")) {
            return null;
        }
        String own = settings.contextPath();
        ServletContext other = settings.others().apply(path);
        if (other != null
                && !other.equals(this)
                && other.getContextPath().length() > matched(path, own)) {
            return settings.mayLeave().getAsBoolean() ? other : null;
        }
        return matched(path, own) >= 0 ? this : null;
    }

    /** How many characters of a path are a context path, or -1 when it does not begin with it. */
    private static int matched(String path, String contextPath) {
        return (path + "/").startsWith(contextPath + "/") ? contextPath.length() : -1;
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

    private Dispatchers dispatchers() {
        Dispatchers made = dispatchers;
        if (made == null) {
            throw new IllegalStateException("the application is still being read");
        }
        return made;
    }

    @Override
    public @Nullable RequestDispatcher getRequestDispatcher(@Nullable String path) {
        if (path == null) {
            return null;
        }
        if (!path.isEmpty() && path.charAt(0) != '/' && path.charAt(0) != '?') {
            throw new IllegalArgumentException(
                    "the path of a dispatcher must begin with / and be relative to the context: "
                            + path);
        }
        return dispatchers == null
                ? new LateDispatcher(path, () -> dispatchers().ofPath(path))
                : dispatchers().ofPath(path);
    }

    /**
     * A dispatcher to what answers a client's request, once the application has started.
     *
     * @param uri the path as a client sends it, the context path included
     * @return null when it cannot be read or is none of this application
     */
    public @Nullable RequestDispatcher dispatcherOfUri(String uri) {
        return dispatchers().ofUri(uri);
    }

    @Override
    public @Nullable RequestDispatcher getNamedDispatcher(@Nullable String servletName) {
        if (servletName == null || registry.servlet(servletName) == null) {
            return null;
        }
        return dispatchers == null
                ? new LateDispatcher(servletName, () -> dispatchers().ofName(servletName))
                : dispatchers().ofName(servletName);
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
            addListener(registry.components().load(className, EventListener.class));
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
        if (!ContextListeners.isListener(listener.getClass())) {
            throw new IllegalArgumentException(listensToNothing(listener.getClass()));
        }
        listeners.add(listener);
    }

    private static String listensToNothing(Class<?> type) {
        return type.getName() + " listens to nothing that an application has";
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
    public <T extends EventListener> T createListener(Class<T> type) throws ServletException {
        if (!ContextListeners.isListener(type)) {
            throw new IllegalArgumentException(listensToNothing(type));
        }
        return registry.components().create(type);
    }

    // Sessions

    @Override
    public SessionCookieConfig getSessionCookieConfig() {
        return cookies;
    }

    @Override
    public void setSessionTrackingModes(Set<SessionTrackingMode> modes) {
        checkStarting("the tracking modes");
        if (modes.contains(SessionTrackingMode.SSL)) {
            throw new IllegalArgumentException("sessions are not tracked by TLS");
        }
        trackingModes = Set.copyOf(modes);
    }

    @Override
    public Set<SessionTrackingMode> getDefaultSessionTrackingModes() {
        return SessionConfig.DEFAULT_TRACKING_MODES;
    }

    @Override
    public Set<SessionTrackingMode> getEffectiveSessionTrackingModes() {
        return trackingModes;
    }

    @Override
    public int getSessionTimeout() {
        return Math.ceilDiv(sessionTimeoutSeconds, 60);
    }

    /** How long a session lives unused, in seconds; 0 or less for ever. */
    public int sessionTimeoutSeconds() {
        return sessionTimeoutSeconds;
    }

    /** Settles how long a session lives unused; until the application runs. */
    public void sessionTimeoutSeconds(int seconds) {
        sessionTimeoutSeconds = seconds;
    }

    @Override
    public void setSessionTimeout(int minutes) {
        checkStarting("the session timeout");
        sessionTimeoutSeconds = Math.clamp(minutes * 60L, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    // Charsets

    @Override
    public @Nullable String getRequestCharacterEncoding() {
        return requestCharset;
    }

    @Override
    public void setRequestCharacterEncoding(@Nullable String charset) {
        checkStarting("the charset of requests");
        requestCharset = checked(charset);
    }

    @Override
    public @Nullable String getResponseCharacterEncoding() {
        return responseCharset;
    }

    @Override
    public void setResponseCharacterEncoding(@Nullable String charset) {
        checkStarting("the charset of responses");
        responseCharset = checked(charset);
    }

    private static @Nullable String checked(@Nullable String charset) {
        try {
            if (charset != null && !Charset.isSupported(charset)) {
                throw new IllegalArgumentException("unknown charset: " + charset);
            }
            return charset;
        } catch (IllegalCharsetNameException e) {
            throw new IllegalArgumentException("no name of a charset: " + charset, e);
        }
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
