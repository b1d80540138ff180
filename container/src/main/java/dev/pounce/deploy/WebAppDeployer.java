package dev.pounce.deploy;

import dev.pounce.config.AppConfig;
import dev.pounce.config.ConfigException;
import dev.pounce.config.DefaultHostConfig;
import dev.pounce.config.Placeholders;
import dev.pounce.config.ServerConfig;
import dev.pounce.files.FileCache;
import dev.pounce.route.FusedRoute;
import dev.pounce.server.HttpServer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Deploys, replaces and undeploys webapps and fused routes of a server. Each change makes a new
 * route table and replaces the server's at once, so that a request sees a webapp as a whole or not
 * at all.
 *
 * <p>This decides what is to be where: what the settings of a webapp say, who has a place, and who
 * waits for it. How one is started and ended, {@link AppContexts} knows.
 *
 * <p>Thread-safe. At one context path there is one change at a time; changes at different ones do
 * not wait for each other. What applications do at their start and end is done on threads of its
 * own, and without the lock that guards the state, so that {@link #status} always answers at once.
 */
public final class WebAppDeployer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebAppDeployer.class);

    private final Deployment.Host host;
    private final Mounts mounts = new Mounts();
    private final AppContexts contexts;

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
        PublishedApps published = new PublishedApps();
        this.host =
                new Deployment.Host(
                        server,
                        hostId,
                        parent,
                        cache,
                        legacy(server.config().forHost(hostId), parent),
                        InstantSource.system(),
                        published,
                        files.forHost(hostId));
        this.contexts = new AppContexts(host, workFolder, published, mounts, this::deployAwaiting);
    }

    private static LegacyWebApps legacy(ServerConfig config, ClassLoader parent) {
        return new LegacyWebApps(
                config.webappsJavax(), () -> Converters.find(parent), InstantSource.system());
    }

    /** What the configuration calls the host that this one deploys to. */
    public String hostId() {
        return host.id();
    }

    /** What the host goes by. */
    public ServerConfig config() {
        return host.config();
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
     * @throws DeploymentException as {@link #deploy(Path, AppName)}; where another one has its
     *     place, it is deployed when that one is undeployed
     */
    public void deploy(AppFile file) throws DeploymentException {
        deploy(plan(file.path(), file.name(), false));
        contexts.forgetFailures(file.name());
    }

    private void deploy(Deployment.Plan plan) throws DeploymentException {
        contexts.install(
                plan,
                present -> {
                    if (present != null
                            && (present.state().isServing() || isOther(plan, present))) {
                        throw taken(plan, present);
                    }
                });
    }

    private static boolean isOther(Deployment.Plan plan, Deployment present) {
        return !present.plan().declared().equals(plan.declared());
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
        contexts.install(plan(origin, name, true), present -> {});
    }

    /**
     * Deploys a webapp of a directory where its settings want it, or else where its name says, in
     * the place of the one that came from there before, if there is one; see {@link #replace(Path,
     * AppName)}. Where they want it elsewhere than before, the old one is undeployed then.
     *
     * @throws DeploymentException when this one does not start, or another one has its place: then
     *     it is deployed when that one is undeployed
     */
    public void replace(AppFile file) throws DeploymentException {
        replace(file, false);
    }

    /**
     * @param ifAwaited only if it still waits for a place
     */
    private void replace(AppFile file, boolean ifAwaited) throws DeploymentException {
        AppName declared = file.name();
        AppName before = mounts.of(declared);
        Deployment.Plan plan = plan(file.path(), declared, false);
        AppContexts.Admission admission =
                present -> {
                    if (present != null && isOther(plan, present)) {
                        throw taken(plan, present);
                    }
                    if (ifAwaited && !mounts.isAwaiting(declared)) {
                        throw new DeploymentException(file.path() + " was undeployed meanwhile");
                    }
                };
        if (plan.name().equals(before)) {
            contexts.install(plan, admission);
            contexts.forgetFailures(declared);
        } else {
            move(plan, before, admission);
        }
    }

    /** It ends at its old place before it starts or afterwards, and not where it cannot move. */
    private void move(Deployment.Plan plan, AppName before, AppContexts.Admission admission)
            throws DeploymentException {
        AppName declared = plan.declared();
        boolean isFree = false;
        if (plan.config().server().redeploy() == ServerConfig.Redeploy.RESTART) {
            contexts.admit(plan, admission);
            isFree = contexts.undeploy(before, present -> isOf(declared, present));
        }
        try {
            contexts.install(plan, admission);
            contexts.forgetFailures(declared);
            isFree |= contexts.undeploy(before, present -> isOf(declared, present));
        } finally {
            if (isFree) {
                deployAwaiting(before);
            }
        }
    }

    /**
     * Deploys what is deployed anew from where it came from; see {@link #replace(AppFile)}.
     *
     * @param name what runs, or was tried last and failed
     * @throws DeploymentException when there is none, or it does not start
     */
    public void redeploy(AppName name) throws DeploymentException {
        Deployment.Plan plan = contexts.last(name).plan();
        if (plan.named()) {
            replace(plan.origin(), name);
        } else {
            replace(new AppFile(plan.origin(), plan.declared()));
        }
    }

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
    public void addFused(String contextPath, FusedRoute route) throws DeploymentException {
        ContextPath.check(contextPath);
        contexts.addFused(contextPath, route);
    }

    // --- what is to be deployed ----------------------------------------------------------------

    /**
     * Reads what was set for an application.
     *
     * @param named whether somebody named its place, so that its settings do not count for that
     */
    private Deployment.Plan plan(Path origin, AppName declared, boolean named)
            throws DeploymentException {
        ContextPath.check(declared.contextPath());
        AppValues values = host.files().read(origin, declared);
        AppConfig config;
        try {
            config = values.over(config());
            check(config, values);
        } catch (DeploymentException e) {
            AppName before = named ? declared : mounts.of(declared);
            if (!named) {
                mounts.awaitNoMore(declared);
            }
            throw refused(bare(origin, declared, before, named), e);
        }
        AppName name = named ? declared : AppConfigFiles.mount(declared, config);
        return new Deployment.Plan(origin, declared, name, named, values, config);
    }

    /** What is known of an application whose settings cannot be read. */
    private Deployment.Plan bare(Path origin, AppName declared, AppName name, boolean named) {
        AppConfig config = AppConfig.of(config());
        return new Deployment.Plan(origin, declared, name, named, AppValues.NONE, config);
    }

    private void check(AppConfig config, AppValues values) throws DeploymentException {
        try {
            host.server().exchangeSettings(config.server());
        } catch (ConfigException e) {
            throw values.refused(e);
        }
    }

    /** Another application has the place, and this one waits for it. */
    private DeploymentException taken(Deployment.Plan plan, Deployment present) {
        String problem =
                "the context path \""
                        + plan.name().contextPath()
                        + "\" is taken by "
                        + present.origin();
        if (plan.named() || plan.declared().equals(present.plan().declared())) {
            return new DeploymentException(problem);
        }
        mounts.await(new AppFile(plan.origin(), plan.declared()), plan.name());
        String setting = plan.values().origins().get("context_path");
        return refused(
                plan.at(plan.declared()),
                new DeploymentException(
                        (setting == null ? "" : setting + ": context_path: ")
                                + problem
                                + "; it is deployed when that one is undeployed"));
    }

    /** Notes that an application is not even tried, and why; what serves by its name goes on. */
    private DeploymentException refused(Deployment.Plan plan, DeploymentException why) {
        contexts.refuse(plan, why);
        LOG.error("{} is not deployed: {}{}", plan.origin(), why.getMessage(), serves(plan));
        return why;
    }

    private String serves(Deployment.Plan plan) {
        Deployment present = contexts.serving(plan.name());
        return present == null || !present.plan().declared().equals(plan.declared())
                ? ""
                : "; " + host.place(plan.name()) + " is served as it was before";
    }

    /**
     * Notes that what is at a place is not deployed, and why; what serves by that name goes on.
     *
     * @param reason in words
     */
    public void refuse(AppFile file, String reason) {
        mounts.awaitNoMore(file.name());
        Deployment.Plan plan = bare(file.path(), file.name(), mounts.of(file.name()), false);
        contexts.refuse(plan, new DeploymentException(file.path() + " is not whole: " + reason));
        LOG.warn("{} is not deployed: {}{}", file.path(), reason, serves(plan));
    }

    /** What is at a place is again what serves by that name. */
    public void forgetFailure(AppFile file) {
        contexts.forgetFailures(file.name());
    }

    // --- the end of webapps --------------------------------------------------------------------

    /**
     * Takes a webapp away in all its versions: new requests do not reach it, and when those that
     * have reached it are over, at the latest after {@code timeouts.undeploy}, it is closed. Fused
     * routes that were added to its context stay. A request of the webapp that calls this waits for
     * itself, until the timeout. What was refused since this one had its place is deployed then:
     * the first that was.
     *
     * @return whether there was one
     */
    public boolean undeploy(String contextPath) {
        boolean any = false;
        for (String version : contexts.versions(contextPath)) {
            any |= undeploy(new AppName(contextPath, version));
        }
        return any;
    }

    /**
     * The same with one version. What was refused there does not wait for a place any more, nor
     * does what serves there and would have moved.
     *
     * @return whether there was one
     */
    public boolean undeploy(AppName name) {
        return undeploy(
                name,
                present -> {
                    if (present == null) {
                        mounts.awaitNoMore(name);
                    } else if (!present.plan().named()) {
                        mounts.awaitNoMore(present.plan().declared());
                    }
                    return true;
                });
    }

    /**
     * Undeploys what came from a file or folder of a directory.
     *
     * @return whether there was something
     */
    public boolean undeploy(AppFile file) {
        AppName declared = file.name();
        AppName awaited = mounts.awaitNoMore(declared);
        boolean wasThere = undeployOf(declared, mounts.of(declared));
        if (awaited != null) {
            // it may be coming to the place that it has waited for
            wasThere |= undeployOf(declared, awaited);
        }
        contexts.forgetFailures(declared);
        return wasThere;
    }

    /** Undeploys what is at a place, unless something else has taken that. */
    private boolean undeployOf(AppName declared, AppName place) {
        return undeploy(place, present -> isOf(declared, present));
    }

    private static boolean isOf(AppName declared, @Nullable Deployment present) {
        return present != null && present.plan().declared().equals(declared);
    }

    private boolean undeploy(AppName place, Predicate<@Nullable Deployment> which) {
        boolean wasThere = contexts.undeploy(place, which);
        if (wasThere) {
            deployAwaiting(place);
        }
        return wasThere;
    }

    /**
     * A place is free: the first that waits for it has it, and where that does not start the next.
     */
    private void deployAwaiting(AppName place) {
        for (AppFile next : mounts.awaiting(place)) {
            if (contexts.isClosed()) {
                return;
            }
            if (contexts.serving(place) == null && Files.exists(next.path())) {
                try {
                    replace(next, true);
                } catch (DeploymentException e) {
                    LOG.debug("{} is not deployed at {}", next.path(), place, e);
                }
            }
        }
    }

    // --- what is there -------------------------------------------------------------------------

    /** Where what was set for an application may be, whether there is such a file or not. */
    public List<Path> settingsOf(AppName declared) {
        return host.files().places(declared);
    }

    /** Where an application of a directory is, or would be without settings. */
    public AppName mounted(AppName declared) {
        return mounts.of(declared);
    }

    /** The settings in force of what serves; of nothing, the server's. */
    public AppConfig config(AppName name) {
        return contexts.config(name);
    }

    /** How everything is that is deployed, was tried and failed, or is ending. */
    public List<AppStatus> status() {
        return contexts.status();
    }

    /** How many deployments have begun since the server was made. */
    public int starts() {
        return contexts.starts();
    }

    /** The context paths at which webapps serve, in the order in which they were deployed first. */
    public List<String> deployed() {
        return contexts.deployed();
    }

    /**
     * Prepares the webapps for another configuration.
     *
     * @param next that of the server
     * @return puts it in force
     * @throws dev.pounce.config.ConfigException when one cannot run with it
     */
    List<Runnable> reload(ServerConfig next) {
        return contexts.reload(next);
    }

    /** Undeploys all webapps, the last first, and waits for those that are ending. */
    @Override
    public void close() {
        contexts.close();
    }
}
