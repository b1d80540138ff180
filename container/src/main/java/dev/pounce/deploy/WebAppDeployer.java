package dev.pounce.deploy;

import dev.pounce.config.AppConfig;
import dev.pounce.config.ConfigException;
import dev.pounce.config.DefaultHostConfig;
import dev.pounce.config.Placeholders;
import dev.pounce.config.ServerConfig;
import dev.pounce.files.FileCache;
import dev.pounce.route.ContextRoutes;
import dev.pounce.route.FusedRoute;
import dev.pounce.route.RouteTable;
import dev.pounce.server.HttpServer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Deploys, replaces and undeploys webapps and fused routes of a server. Each change makes a new
 * route table and replaces the server's at once, so that a request sees a webapp as a whole or not
 * at all.
 *
 * <p>Thread-safe. At one context path there is one change at a time; changes at different ones do
 * not wait for each other. What applications do at their start and end is done on threads of its
 * own, and without the lock that guards the state, so that {@link #status} always answers at once.
 */
public final class WebAppDeployer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebAppDeployer.class);

    /** Earlier versions of one context that may wait for their last request at a time. */
    private static final int MOST_RETIRING = 2;

    private final HttpServer server;
    private final String hostId;
    private final Path workFolder;
    private final Deployment.Host host;
    private final Map<String, AppContext> contexts = new LinkedHashMap<>();
    private final Mounts mounts = new Mounts();
    private final List<Thread> retirements = new ArrayList<>();
    private int starts;

    /** By context path, the newest version of each that has routes. */
    private volatile Map<String, Deployment> published = Map.of();

    /**
     * The deployer of a server that has one host.
     *
     * @param workFolder where war files are unpacked and webapps have temporary files; each that is
     *     started has a folder of its own there
     * @param parent has the servlet API, Pounce's API and the {@link WebAppProvider}s
     */
    public WebAppDeployer(HttpServer server, Path workFolder, ClassLoader parent) {
        this(
                server,
                workFolder,
                parent,
                new AppConfigFiles(
                        server.config().webappsConf(),
                        Path.of(""),
                        Placeholders.of(System.getenv())));
    }

    /**
     * The deployer of a server that has one host.
     *
     * @param workFolder where war files are unpacked and webapps have temporary files; each that is
     *     started has a folder of its own there
     * @param parent has the servlet API, Pounce's API and the {@link WebAppProvider}s
     * @param files the settings of single webapps
     */
    public WebAppDeployer(
            HttpServer server, Path workFolder, ClassLoader parent, AppConfigFiles files) {
        this(
                server,
                DefaultHostConfig.ID,
                workFolder,
                parent,
                new FileCache(server.config().staticFiles()),
                files);
    }

    /**
     * The deployer of one of a server's hosts.
     *
     * @param hostId what the configuration calls it
     * @param cache shared by all hosts
     * @param files the settings of single webapps of all hosts
     */
    WebAppDeployer(
            HttpServer server,
            String hostId,
            Path workFolder,
            ClassLoader parent,
            FileCache cache,
            AppConfigFiles files) {
        this.server = server;
        this.hostId = hostId;
        this.workFolder = workFolder;
        this.host =
                new Deployment.Host(
                        server,
                        hostId,
                        parent,
                        cache,
                        legacy(server.config().forHost(hostId), parent),
                        InstantSource.system(),
                        this::neighbour,
                        files.forHost(hostId));
    }

    private static LegacyWebApps legacy(ServerConfig config, ClassLoader parent) {
        return new LegacyWebApps(
                config.webappsJavax(),
                () -> ServiceLoader.load(WebAppConverter.class, parent).findFirst(),
                InstantSource.system());
    }

    /** What the configuration calls the host that this one deploys to. */
    public String hostId() {
        return hostId;
    }

    /** What the host goes by. */
    public ServerConfig config() {
        return server.config().forHost(hostId);
    }

    /**
     * An application in messages: its name, with that of its host unless it is the server's own.
     */
    private String place(AppName name) {
        return hostId.equals(DefaultHostConfig.ID) ? name.toString() : hostId + ":" + name;
    }

    // --- deploying -----------------------------------------------------------------------------

    /**
     * Deploys a webapp; when it returns, requests reach it.
     *
     * @param origin a folder or a war file
     * @param name where it is to be, whatever its settings say
     * @throws DeploymentException when there is a webapp by that name already, or this one does not
     *     start; nothing has changed then but its {@link #status}
     */
    public void deploy(Path origin, AppName name) throws DeploymentException {
        deploy(plan(origin, name, true));
    }

    /**
     * Deploys a webapp of a directory where its settings want it, or else where its name says; when
     * it returns, requests reach it.
     *
     * @throws DeploymentException as {@link #deploy(Path, AppName)}
     */
    public void deploy(AppFile file) throws DeploymentException {
        deploy(plan(file.path(), file.name(), false));
        forget(file.name());
    }

    private void deploy(Deployment.Plan plan) throws DeploymentException {
        AppContext context = context(plan.name().contextPath());
        context.changes().lock();
        try {
            Deployment present = serving(context, plan.name());
            if (present != null) {
                throw taken(plan, present);
            }
            install(context, plan);
        } finally {
            context.changes().unlock();
        }
    }

    /**
     * Deploys a webapp, in the place of the one by that name if there is one: as the setting {@code
     * redeploy} says the new one starts beside the old one or after its end. When it returns,
     * requests reach the new one, and the old one is ending.
     *
     * @param origin a folder or a war file
     * @param name where it is to be, whatever its settings say
     * @throws DeploymentException when this one does not start: with {@code swap} the old one still
     *     serves
     */
    public void replace(Path origin, AppName name) throws DeploymentException {
        Deployment.Plan plan = plan(origin, name, true);
        AppContext context = context(name.contextPath());
        context.changes().lock();
        try {
            install(context, plan);
        } finally {
            context.changes().unlock();
        }
    }

    /**
     * Deploys a webapp of a directory where its settings want it, or else where its name says, in
     * the place of the one that came from there before, if there is one; see {@link #replace(Path,
     * AppName)}. Where they want it elsewhere than before, the old one is undeployed then.
     *
     * @throws DeploymentException when this one does not start, or another one has its place
     */
    public void replace(AppFile file) throws DeploymentException {
        AppName declared = file.name();
        AppName before = mounts.of(declared);
        Deployment.Plan plan = plan(file.path(), declared, false);
        boolean moves = !plan.name().equals(before);
        if (moves && plan.config().server().redeploy() == ServerConfig.Redeploy.RESTART) {
            undeployOf(declared, before);
        }
        AppContext context = context(plan.name().contextPath());
        context.changes().lock();
        try {
            Deployment present = serving(context, plan.name());
            if (present != null && !present.plan().declared().equals(declared)) {
                throw taken(plan, present);
            }
            install(context, plan);
        } finally {
            context.changes().unlock();
        }
        forget(declared);
        if (moves) {
            undeployOf(declared, before);
        }
    }

    /**
     * Undeploys what came from a file or folder of a directory.
     *
     * @return whether there was something
     */
    public boolean undeploy(AppFile file) {
        AppName place = mounts.of(file.name());
        mounts.remove(file.name());
        forget(file.name());
        return undeployOf(file.name(), place);
    }

    /** Undeploys what is at a place, unless something else has taken that. */
    private boolean undeployOf(AppName declared, AppName place) {
        AppContext context = context(place.contextPath());
        Deployment present = serving(context, place);
        forget(place);
        return present != null && present.plan().declared().equals(declared) && undeploy(place);
    }

    /** What is known of a failure by that name is not true any more. */
    private synchronized void forget(AppName name) {
        AppContext context = contexts.get(name.contextPath());
        if (context != null) {
            context.forgetFailure(name.version());
        }
    }

    /**
     * Reads what was set for an application.
     *
     * @param named whether somebody named its place, so that its settings do not count for that
     */
    private Deployment.Plan plan(Path origin, AppName declared, boolean named)
            throws DeploymentException {
        ContextPath.check(declared.contextPath());
        AppValues values = host.files().read(origin, declared);
        AppName before = named ? declared : mounts.of(declared);
        AppConfig config = AppConfig.of(config());
        Deployment.Plan plan =
                new Deployment.Plan(origin, declared, before, named, AppValues.NONE, config);
        try {
            config = values.over(config());
            check(config, values);
        } catch (DeploymentException e) {
            throw refused(plan, e);
        }
        AppName name = named ? declared : AppConfigFiles.mount(declared, config);
        return new Deployment.Plan(origin, declared, name, named, values, config);
    }

    private void check(AppConfig config, AppValues values) throws DeploymentException {
        try {
            server.exchangeSettings(config.server());
        } catch (ConfigException e) {
            throw values.refused(e);
        }
    }

    private DeploymentException taken(Deployment.Plan plan, Deployment present) {
        AppName name = plan.name();
        String origin = plan.values().origins().get("context_path");
        boolean wanted = !plan.named() && origin != null;
        DeploymentException why =
                new DeploymentException(
                        (wanted ? origin + ": context_path: " : "")
                                + "the context path \""
                                + name.contextPath()
                                + "\" is taken by "
                                + present.origin());
        return plan.named() || plan.declared().equals(present.plan().declared())
                ? why
                : refused(at(plan, plan.declared()), why);
    }

    private static Deployment.Plan at(Deployment.Plan plan, AppName place) {
        return new Deployment.Plan(
                plan.origin(), plan.declared(), place, plan.named(), plan.values(), plan.config());
    }

    /** Notes that an application is not even tried, and why; what serves by its name goes on. */
    private DeploymentException refused(Deployment.Plan plan, DeploymentException why) {
        AppContext context = context(plan.name().contextPath());
        fail(context, new Deployment(plan, workFolder, host), why);
        LOG.error(
                "{} is not deployed: {}{}", plan.origin(), why.getMessage(), serves(context, plan));
        return why;
    }

    private String serves(AppContext context, Deployment.Plan plan) {
        Deployment present = serving(context, plan.name());
        return present == null || !present.plan().declared().equals(plan.declared())
                ? ""
                : "; " + place(plan.name()) + " is served as it was before";
    }

    /**
     * Notes that what is at a place is not deployed, and why; what serves by that name goes on.
     *
     * @param reason in words
     */
    public void refuse(AppFile file, String reason) {
        AppName place = mounts.of(file.name());
        Deployment.Plan plan =
                new Deployment.Plan(
                        file.path(),
                        file.name(),
                        place,
                        false,
                        AppValues.NONE,
                        AppConfig.of(config()));
        AppContext context = context(place.contextPath());
        fail(
                context,
                new Deployment(plan, workFolder, host),
                new DeploymentException(file.path() + " is not whole: " + reason));
        LOG.warn("{} is not deployed: {}{}", file.path(), reason, serves(context, plan));
    }

    /** What is at a place is again what serves by that name. */
    public void forgetFailure(AppFile file) {
        forget(file.name());
        forget(mounts.of(file.name()));
    }

    /**
     * Deploys what is deployed anew from where it came from; see {@link #replace(AppFile)}.
     *
     * @param name what runs, or was tried last and failed
     * @throws DeploymentException when there is none, or it does not start
     */
    public void redeploy(AppName name) throws DeploymentException {
        Deployment.Plan plan = last(name).plan();
        if (plan.named()) {
            replace(plan.origin(), name);
        } else {
            replace(new AppFile(plan.origin(), plan.declared()));
        }
    }

    private synchronized Deployment last(AppName name) throws DeploymentException {
        AppContext context = contexts.get(name.contextPath());
        Deployment failed = context == null ? null : context.failed(name.version());
        Deployment last =
                failed != null || context == null ? failed : context.current(name.version());
        if (last == null) {
            throw new DeploymentException("nothing is deployed at \"" + name + "\"");
        }
        return last;
    }

    /** Where what was set for an application may be, whether there is such a file or not. */
    public List<Path> settingsOf(AppName declared) {
        return host.files().places(declared);
    }

    /** Where an application of a directory is, or would be without settings. */
    public AppName mounted(AppName declared) {
        return mounts.of(declared);
    }

    /** The settings in force of what serves; of nothing, the server's. */
    public synchronized AppConfig config(AppName name) {
        AppContext context = contexts.get(name.contextPath());
        Deployment present = context == null ? null : context.current(name.version());
        return present == null ? AppConfig.of(config()) : present.config();
    }

    private synchronized AppContext context(String path) {
        return contexts.computeIfAbsent(path, AppContext::new);
    }

    private synchronized @Nullable Deployment serving(AppContext context, AppName name) {
        Deployment present = context.current(name.version());
        return present != null && present.state().isServing() ? present : null;
    }

    private void install(AppContext context, Deployment.Plan plan) throws DeploymentException {
        long begin = System.nanoTime();
        AppName name = plan.name();
        Deployment before = serving(context, name);
        Deployment next = begin(context, plan);
        if (before == null || plan.config().server().redeploy() == ServerConfig.Redeploy.SWAP) {
            swap(context, next, before);
        } else {
            restart(context, next, before);
        }
        LOG.info(
                "{} {} at {} in {} ms",
                before == null ? "Deployed" : "Redeployed",
                plan.origin(),
                place(name),
                (System.nanoTime() - begin) / 1_000_000);
    }

    private synchronized Deployment begin(AppContext context, Deployment.Plan plan) {
        String folder = ContextPath.fileName(plan.name().contextPath()) + "-" + ++starts;
        Deployment next = new Deployment(plan, workFolder.resolve(folder), host);
        context.starts(next);
        return next;
    }

    /** The new one starts beside the old one, which goes on serving when that fails. */
    private void swap(AppContext context, Deployment next, @Nullable Deployment before)
            throws DeploymentException {
        try {
            start(context, next);
        } catch (DeploymentException e) {
            fail(context, next, e);
            String serves =
                    before == null
                            ? ""
                            : "; " + place(before.name()) + " is served as it was before";
            LOG.error(
                    "{} is not deployed: {}{}",
                    next.origin(),
                    e.getMessage(),
                    serves,
                    e.getCause());
            throw e;
        }
        if (before != null) {
            next.receive(before.departing());
        } else {
            takeWhatWasLeft(context, next);
        }
        publish(context, next, before);
        if (before != null) {
            retireBeside(context, before);
        }
    }

    /** The old one ends first, and requests wait. */
    private void restart(AppContext context, Deployment next, Deployment before)
            throws DeploymentException {
        RestartGate gate = next.gate(server.config().deployment().restartWait().toNanos());
        String version = next.name().version();
        synchronized (this) {
            context.put(version, next);
            publish();
            retires(context, before);
        }
        DepartingSessions sessions = before.departing();
        before.awaitLastRequest();
        sessions.detach();
        end(context, before);
        synchronized (this) {
            context.left(version, sessions);
        }
        try {
            start(context, next);
        } catch (DeploymentException e) {
            fail(context, next, e);
            gate.refuse(e);
            LOG.error(
                    "{} is not deployed: {}; {} is answered with 503 until it is deployed again",
                    next.origin(),
                    e.getMessage(),
                    place(next.name()),
                    e.getCause());
            throw e;
        }
        takeWhatWasLeft(context, next);
        publish(context, next, null);
        gate.open(routes(context, next));
    }

    private void takeWhatWasLeft(AppContext context, Deployment next) {
        DepartingSessions left;
        synchronized (this) {
            left = context.left(next.name().version());
        }
        if (left != DepartingSessions.NONE) {
            next.receive(left);
            next.receiveRest(left);
        }
    }

    private void start(AppContext context, Deployment next) throws DeploymentException {
        next.start();
        try {
            routes(context, next);
        } catch (IllegalArgumentException e) {
            next.close();
            throw new DeploymentException(
                    next.origin()
                            + " cannot be deployed at \""
                            + next.name().contextPath()
                            + "\": "
                            + e.getMessage(),
                    e);
        }
    }

    private synchronized ContextRoutes routes(AppContext context, Deployment app) {
        return context.routes(app, List.of());
    }

    private synchronized void fail(AppContext context, Deployment next, DeploymentException why) {
        next.failed(why);
        context.hasFailed(next);
    }

    /** Requests reach a version from now on, and the one before no more. */
    private void publish(AppContext context, Deployment next, @Nullable Deployment before) {
        List<Deployment> superseded;
        synchronized (this) {
            next.on(AppState.Event.START);
            context.put(next.name().version(), next);
            context.runs(next);
            if (!next.plan().named()) {
                mounts.put(next.plan().declared(), next.name());
            }
            superseded = context.settleVersions();
            publish();
            if (before != null) {
                retires(context, before);
            }
        }
        if (server.config().deployment().undeployOldVersions()) {
            superseded.forEach(each -> each.whenWithoutSessions(() -> retireUnused(context, each)));
        }
    }

    private void publish() {
        RouteTable routes =
                new RouteTable(
                        contexts.values().stream()
                                .filter(AppContext::isPublished)
                                .map(AppContext::routes)
                                .toList());
        server.hosts(all -> all.withRoutes(hostId, routes));
        Map<String, Deployment> newest = new HashMap<>();
        for (AppContext each : contexts.values()) {
            Deployment app = each.newest();
            if (app != null) {
                newest.put(each.path(), app);
            }
        }
        published = Map.copyOf(newest);
    }

    /** Takes no lock: applications ask while another one starts, which may take its time. */
    private @Nullable RunningWebApp neighbour(String path) {
        Map<String, Deployment> all = published;
        String contextPath = path;
        Deployment found = all.get(contextPath);
        while (found == null && !contextPath.isEmpty()) {
            contextPath = contextPath.substring(0, Math.max(0, contextPath.lastIndexOf('/')));
            found = all.get(contextPath);
        }
        return found == null ? null : found.running();
    }

    // --- the end of webapps --------------------------------------------------------------------

    /**
     * Takes a webapp away in all its versions: new requests do not reach it, and when those that
     * have reached it are over, at the latest after {@code timeouts.undeploy}, it is closed. Fused
     * routes that were added to its context stay. A request of the webapp that calls this waits for
     * itself, until the timeout.
     *
     * @return whether there was one
     */
    public boolean undeploy(String contextPath) {
        List<String> versions;
        synchronized (this) {
            AppContext context = contexts.get(contextPath);
            versions = context == null ? List.of() : context.versions();
        }
        boolean any = false;
        for (String version : versions) {
            any |= undeploy(new AppName(contextPath, version));
        }
        return any;
    }

    /**
     * The same with one version.
     *
     * @return whether there was one
     */
    public boolean undeploy(AppName name) {
        AppContext context;
        synchronized (this) {
            context = contexts.get(name.contextPath());
        }
        if (context == null) {
            return false;
        }
        context.changes().lock();
        try {
            return take(context, name.version());
        } finally {
            context.changes().unlock();
        }
    }

    private boolean take(AppContext context, String version) {
        Deployment taken;
        synchronized (this) {
            boolean hadFailed = context.forget(version);
            taken = context.put(version, null);
            context.settleVersions();
            publish();
            if (taken == null || !taken.state().isServing()) {
                return hadFailed || taken != null;
            }
            retires(context, taken);
        }
        taken.awaitLastRequest();
        end(context, taken);
        LOG.info("Undeployed {} from {}", taken.origin(), place(taken.name()));
        return true;
    }

    private void retires(AppContext context, Deployment before) {
        before.on(AppState.Event.RETIRE);
        List<Deployment> retiring = context.retiring();
        if (retiring.size() >= MOST_RETIRING) {
            retiring.getFirst().hurry();
        }
        context.retires(before);
    }

    private void end(AppContext context, Deployment app) {
        app.close();
        synchronized (this) {
            app.on(AppState.Event.STOP);
            context.hasRetired(app);
        }
    }

    /** A version that was replaced ends while its successor serves. */
    private void retireBeside(AppContext context, Deployment before) {
        Thread thread =
                AppThread.thread(
                        "pounce-retire " + before.name(), () -> handOverAndEnd(context, before));
        synchronized (this) {
            retirements.removeIf(each -> each.getState() == Thread.State.TERMINATED);
            retirements.add(thread);
        }
        thread.start();
    }

    private void handOverAndEnd(AppContext context, Deployment before) {
        before.awaitLastRequest();
        DepartingSessions sessions = before.departing();
        sessions.detach();
        Deployment heir;
        synchronized (this) {
            Deployment same = context.current(before.name().version());
            heir = same == null ? context.newest() : same;
        }
        if (heir != null) {
            heir.receiveRest(sessions);
        }
        end(context, before);
        LOG.info("The version before of {} has ended", place(before.name()));
    }

    /** The last session of an older version has ended. Called by whoever ended it. */
    private void retireUnused(AppContext context, Deployment old) {
        synchronized (this) {
            boolean isUnused = old.state() == AppState.SUPERSEDED && old.sessions() == 0;
            if (!isUnused || context.current(old.name().version()) != old) {
                return;
            }
            context.put(old.name().version(), null);
            publish();
            retires(context, old);
        }
        LOG.info(
                "{} has no sessions any more and ends; newer versions serve; {} can be removed",
                place(old.name()),
                old.origin());
        retireBeside(context, old);
    }

    // --- all webapps ---------------------------------------------------------------------------

    /**
     * Deploys every folder and war file of a directory in the order of their names. Hidden and
     * other files are skipped; where there are a folder and a war file of the same name, the folder
     * is taken. A webapp that does not start is logged and does not stop the others.
     *
     * @return the context paths that were deployed
     * @throws IOException when the directory cannot be read
     */
    public List<String> deployAll(Path webapps) throws IOException {
        List<String> deployed = new ArrayList<>();
        for (AppFile app : AppFile.in(webapps)) {
            try {
                deploy(app);
                deployed.add(mounts.of(app.name()).contextPath());
            } catch (DeploymentException e) {
                LOG.debug("{} was skipped", app.path(), e);
            }
        }
        return deployed;
    }

    /**
     * Adds a fused route to a context, beside the webapp that is or will be there.
     *
     * @throws DeploymentException when the context path is malformed or the route's path is taken
     *     in that context; nothing has changed then
     */
    public synchronized void addFused(String contextPath, FusedRoute route)
            throws DeploymentException {
        ContextPath.check(contextPath);
        AppContext context = context(contextPath);
        List<FusedRoute> before = context.embedded();
        List<FusedRoute> more = new ArrayList<>(before);
        more.add(route);
        context.embedded(more);
        try {
            publish();
        } catch (IllegalArgumentException e) {
            context.embedded(before);
            throw new DeploymentException(
                    route.name() + " cannot be added to \"" + contextPath + "\": " + e.getMessage(),
                    e);
        }
    }

    /**
     * Prepares the webapps for another configuration.
     *
     * @param next that of the server
     * @return puts it in force
     * @throws dev.pounce.config.ConfigException when one cannot run with it
     */
    synchronized List<Runnable> reload(ServerConfig next) {
        ServerConfig own = next.forHost(hostId);
        List<Runnable> prepared = new ArrayList<>();
        for (AppContext context : contexts.values()) {
            for (Deployment app : context.serving()) {
                prepared.add(app.reload(own));
            }
        }
        return prepared;
    }

    /** How everything is that is deployed, was tried and failed, or is ending. */
    public synchronized List<AppStatus> status() {
        return contexts.values().stream().flatMap(each -> each.status().stream()).toList();
    }

    /** How many deployments have begun since the server was made. */
    public synchronized int starts() {
        return starts;
    }

    /** The context paths at which webapps serve, in the order in which they were deployed first. */
    public synchronized List<String> deployed() {
        return contexts.values().stream()
                .filter(each -> !each.serving().isEmpty())
                .map(AppContext::path)
                .toList();
    }

    /** Undeploys all webapps, the last first, and waits for those that are ending. */
    @Override
    public void close() {
        List<AppContext> all;
        List<Thread> ending;
        synchronized (this) {
            all = List.copyOf(contexts.values());
            ending = List.copyOf(retirements);
            all.forEach(context -> context.retiring().forEach(Deployment::hurry));
        }
        for (AppContext context : all.reversed()) {
            undeploy(context.path());
        }
        for (Thread thread : ending) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
