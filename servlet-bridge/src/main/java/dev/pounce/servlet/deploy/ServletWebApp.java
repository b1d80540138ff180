package dev.pounce.servlet.deploy;

import dev.pounce.config.AppConfig;
import dev.pounce.config.ConfigException;
import dev.pounce.config.DefaultHostConfig;
import dev.pounce.config.LimitsConfig;
import dev.pounce.deploy.DepartingSessions;
import dev.pounce.deploy.RunningWebApp;
import dev.pounce.deploy.WebAppSource;
import dev.pounce.deploy.WithLoader;
import dev.pounce.develop.Development;
import dev.pounce.develop.Sources;
import dev.pounce.exchange.Exchange;
import dev.pounce.files.StaticFiles;
import dev.pounce.route.Route;
import dev.pounce.servlet.async.SharedTimers;
import dev.pounce.servlet.context.ContextSettings;
import dev.pounce.servlet.context.FilterEntry;
import dev.pounce.servlet.context.LifecycleCallbacks;
import dev.pounce.servlet.context.Phase;
import dev.pounce.servlet.context.Registry;
import dev.pounce.servlet.context.Resources;
import dev.pounce.servlet.context.ServletEntry;
import dev.pounce.servlet.context.WebContext;
import dev.pounce.servlet.dispatch.DefaultServlet;
import dev.pounce.servlet.dispatch.DevelopmentPages;
import dev.pounce.servlet.dispatch.RequestScopes;
import dev.pounce.servlet.dispatch.ServletApplication;
import dev.pounce.servlet.http.FormLimits;
import dev.pounce.servlet.model.Descriptor;
import dev.pounce.servlet.model.SpecVersion;
import dev.pounce.servlet.parts.PartBounds;
import dev.pounce.servlet.security.ReloadableUsers;
import dev.pounce.servlet.security.SecurityPolicy;
import dev.pounce.servlet.security.Users;
import dev.pounce.servlet.session.SessionDeparture;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A servlet application from its start to its end, in the order of the Servlet specification,
 * section 8.2.4 and 10.12: initializers, listeners, filters, servlets; and back. Started and closed
 * by one thread at a time.
 */
final class ServletWebApp implements RunningWebApp {
    private static final Logger LOG = LoggerFactory.getLogger(ServletWebApp.class);
    private static final String DEFAULT = "default";
    private static final List<String> WELCOME_FILES =
            List.of("index.html", "index.htm", "index.jsp");

    private final WebAppSource source;
    private final WebContext context;
    private final List<ServletContextListener> told = new ArrayList<>();
    private final List<FilterEntry> filters = new ArrayList<>();
    private final RequestScopes scopes;
    private List<Route> routes = List.of();
    private volatile AppConfig config;
    private final ReloadableUsers users = new ReloadableUsers();

    private ServletWebApp(WebAppSource source, Descriptor declared) throws IOException {
        this.source = source;
        this.config = source.config();
        this.context = context(source, declared, () -> config);
        this.scopes =
                new RequestScopes(
                        context,
                        formLimits(source.config().server().limits()),
                        SharedTimers.INSTANCE,
                        InstantSource.system(),
                        source.inFlight(),
                        partBounds(source.config().server().limits()));
    }

    private static PartBounds partBounds(LimitsConfig limits) {
        return new PartBounds(limits.parts(), limits.partHead(), limits.form());
    }

    private static FormLimits formLimits(LimitsConfig limits) {
        return new FormLimits(limits.form(), limits.parameters());
    }

    /**
     * Starts an application.
     *
     * @throws Exception why it does not start; what had started has ended then
     */
    static ServletWebApp start(WebAppSource source) throws Exception {
        Declarations declarations = Declarations.of(source);
        ServletWebApp app = new ServletWebApp(source, declarations.descriptor());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(source.loader());
        try {
            app.start(declarations);
            return app;
        } catch (Exception | Error e) {
            app.close();
            throw e;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The server's own host is called as it is in other containers. */
    private static String virtualServerName(String host) {
        return host.equals(DefaultHostConfig.ID) ? "localhost" : host;
    }

    private static WebContext context(
            WebAppSource source, Descriptor declared, Supplier<AppConfig> config)
            throws IOException {
        List<Path> roots = new ArrayList<>(List.of(source.root()));
        roots.addAll(LibraryResources.unpack(source.libraries(), source.workFolder()));
        SpecVersion version =
                Objects.requireNonNullElse(declared.head().version(), SpecVersion.CURRENT);
        ContextSettings settings =
                new ContextSettings(
                        source.contextPath(),
                        virtualServerName(source.host()),
                        source.loader(),
                        source.workFolder(),
                        source.drain(),
                        path -> neighbour(source.neighbours().find(path)),
                        () -> config.get().isCrossContext(source.contextPath()),
                        "Pounce",
                        version.major(),
                        version.minor());
        Registry registry =
                new Registry(
                        source.loader(),
                        new LifecycleCallbacks(declared.callbacks()),
                        InstantSource.system());
        return new WebContext(settings, new Resources(roots), registry);
    }

    private static @Nullable ServletContext neighbour(@Nullable RunningWebApp found) {
        return found instanceof ServletWebApp other ? other.context : null;
    }

    private void start(Declarations declarations) throws Exception {
        users.replace(ServerUsers.read(source.config().server()));
        Registry registry = context.registry();
        registry.declareServlet(DEFAULT);
        registry.mapByDefault(DEFAULT, "/");
        Descriptor declared = declarations.descriptor();
        SessionSettings.byDefault(source.config().server().sessions(), context.sessions());
        new Registrar(context).register(declared);
        registry.constrainedPatterns(SecurityReader.patterns(declared));
        if (declarations.orderedLibraries() != null) {
            context.orderedLibraries(declarations.orderedLibraries());
        }
        new Initializers(source, declarations.archives()).run(context);
        Set<String> ofTagLibraries =
                TagLibraryListeners.find(source.root(), declarations.archives());
        ofTagLibraries.removeAll(declared.listeners());
        context.listeners().start(declared.listeners(), List.copyOf(ofTagLibraries));
        addDefaultServlet(registry);
        tellStart();
        SessionSettings.override(source.config(), context.sessions());
        context.phase(Phase.RUNNING);
        ComponentChecks.check(registry, source.index());
        scopes.start(policy(declared), () -> config.server().servlet());
        compile(declared);
        startComponents();
    }

    private SecurityPolicy policy(Descriptor declared) throws DeclarationException {
        SecurityReader reader =
                new SecurityReader(
                        context,
                        new SecurityAnnotations(source.index()),
                        !declared.head().metadataComplete());
        SecurityPolicy.Settings settings =
                new SecurityPolicy.Settings(
                        () -> config.server().security().httpsPort(),
                        () -> config.server().security().maxSavedBody());
        return reader.read(declared, users, settings);
    }

    /** The server's servlet for files, unless the application has one of its own by that name. */
    private void addDefaultServlet(Registry registry) throws IOException {
        StaticFiles files =
                new StaticFiles(
                        context.resources().roots(),
                        List.of(),
                        source.config().server(),
                        source.cache());
        ServletEntry added = registry.addServlet(DEFAULT, new DefaultServlet(files));
        if (added != null) {
            added.setAsyncSupported(true);
        }
    }

    private void tellStart() {
        context.phase(Phase.STARTING);
        for (ServletContextListener each : context.listeners().context()) {
            told.add(each);
            each.contextInitialized(new ServletContextEvent(context.seenBy(each)));
        }
    }

    private void compile(Descriptor declared) {
        List<String> welcomeFiles = declared.welcomeFiles();
        routes =
                new ServletApplication(
                                context,
                                scopes,
                                welcomeFiles.isEmpty() ? WELCOME_FILES : welcomeFiles,
                                declared.errorPages(),
                                source.fused(),
                                () -> config.server().fused().maxBody(),
                                developmentPages())
                        .routes();
    }

    private DevelopmentPages developmentPages() {
        Development development = Development.of(config.server());
        return development.enabled()
                ? new DevelopmentPages(
                        development, Sources.of(source.root(), development.sources()))
                : DevelopmentPages.NONE;
    }

    private void startComponents() throws ServletException {
        for (FilterEntry each : context.registry().filters().values()) {
            filters.add(each);
            each.start(context);
        }
        List<ServletEntry> atStartup =
                context.registry().servlets().values().stream()
                        .filter(each -> each.loadOnStartup() >= 0 && each.isEnabled())
                        .sorted(
                                (one, other) ->
                                        Integer.compare(one.loadOnStartup(), other.loadOnStartup()))
                        .toList();
        for (ServletEntry each : atStartup) {
            startServlet(each, context);
        }
    }

    /** A servlet that does not start answers with its failure; the others serve. */
    private static void startServlet(ServletEntry servlet, ServletContext context) {
        try {
            servlet.start(context);
        } catch (Exception | Error e) {
            LOG.error("servlet {} does not start", servlet.getName(), e);
        }
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public Runnable reload(AppConfig wanted) {
        Users read;
        try {
            read = ServerUsers.read(wanted.server());
        } catch (IOException e) {
            throw new ConfigException("users", String.valueOf(e.getMessage()));
        }
        return () -> {
            users.replace(read);
            config = wanted;
        };
    }

    @Override
    public long sessions() {
        return scopes.sessions().size();
    }

    @Override
    public boolean hasSession(Exchange exchange) {
        return scopes.hasSession(exchange);
    }

    @Override
    public void whenWithoutSessions(Runnable callback) {
        scopes.sessions().whenEmpty(callback);
    }

    @Override
    public DepartingSessions departing() {
        return scopes.sessions().departure();
    }

    @Override
    public void receive(DepartingSessions from) {
        if (from instanceof SessionDeparture departure) {
            scopes.sessions().receive(departure);
        }
    }

    @Override
    public void receiveRest(DepartingSessions from) {
        if (from instanceof SessionDeparture departure) {
            scopes.sessions().receiveRest(departure);
        }
    }

    @Override
    public void endWaiting() {
        WithLoader.run(source.loader(), scopes::endSuspended);
    }

    @Override
    public void close() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(source.loader());
        try {
            endWaiting();
            context.registry().servlets().values().forEach(ServletEntry::stop);
            filters.reversed().forEach(FilterEntry::stop);
            scopes.close();
            tellEnd();
            context.phase(Phase.STOPPED);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void tellEnd() {
        for (ServletContextListener each : told.reversed()) {
            try {
                each.contextDestroyed(new ServletContextEvent(context.seenBy(each)));
            } catch (Exception | Error e) {
                LOG.warn("{} did not end cleanly", each.getClass().getName(), e);
            }
        }
        told.clear();
        context.listeners().end();
    }
}
