package dev.pounce.deploy;

import dev.pounce.config.AppConfig;
import dev.pounce.config.ServerConfig;
import dev.pounce.route.ContextRoutes;
import dev.pounce.route.FusedRoute;
import dev.pounce.route.RouteTable;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The applications of a host by their context paths: how they start, follow one another and end.
 * What is to be there, and who has a place first, is decided by the {@link WebAppDeployer}.
 *
 * <p>Thread-safe. The lock of this guards all states and is never held while an application starts
 * or ends; that of {@link AppContext#changes} is, so that at one context path there is one change
 * at a time.
 */
final class AppContexts {
    private static final Logger LOG = LoggerFactory.getLogger(AppContexts.class);

    /** Earlier versions of one context that may wait for their last request at a time. */
    private static final int MOST_RETIRING = 2;

    private final Deployment.Host host;
    private final Path workFolder;
    private final PublishedApps published;
    private final Mounts mounts;
    private final Consumer<AppName> freed;
    private final Map<String, AppContext> contexts = new LinkedHashMap<>();
    private final List<Thread> retirements = new ArrayList<>();
    private int starts;
    private boolean closed;

    /** Who may come to a place. */
    @FunctionalInterface
    interface Admission {

        /**
         * Asked when nothing else can change there any more.
         *
         * @param present what serves there; for an application of a directory also what was stopped
         *     there for a restart that has failed
         * @throws DeploymentException when it is not to be replaced
         */
        void check(@Nullable Deployment present) throws DeploymentException;
    }

    /**
     * @param workFolder each application that is started has a folder of its own there
     * @param published is told what has routes
     * @param mounts is told which application of a directory runs where
     * @param freed is told of a place that became free by itself, on a thread that may deploy
     */
    AppContexts(
            Deployment.Host host,
            Path workFolder,
            PublishedApps published,
            Mounts mounts,
            Consumer<AppName> freed) {
        this.freed = freed;
        this.host = host;
        this.workFolder = workFolder;
        this.published = published;
        this.mounts = mounts;
    }

    /**
     * Starts an application, in the place of what serves there if there is something. When it
     * returns, requests reach the new one, and the old one is ending.
     *
     * @throws DeploymentException when it is not admitted or does not start
     */
    void install(Deployment.Plan plan, Admission admission) throws DeploymentException {
        AppContext context = context(plan.name().contextPath());
        context.changes().lock();
        try {
            check(plan, admission);
            install(context, plan);
        } finally {
            context.changes().unlock();
        }
    }

    /**
     * Asks whether an application may come to its place, as {@link #install} does, and leaves
     * everything as it is.
     *
     * @throws DeploymentException when it is not admitted
     */
    void admit(Deployment.Plan plan, Admission admission) throws DeploymentException {
        AppContext context = context(plan.name().contextPath());
        context.changes().lock();
        try {
            check(plan, admission);
        } finally {
            context.changes().unlock();
        }
    }

    private void check(Deployment.Plan plan, Admission admission) throws DeploymentException {
        admission.check(plan.named() ? serving(plan.name()) : current(plan.name()));
    }

    private void install(AppContext context, Deployment.Plan plan) throws DeploymentException {
        long begin = System.nanoTime();
        AppName name = plan.name();
        Deployment before = serving(name);
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
                host.place(name),
                (System.nanoTime() - begin) / 1_000_000);
    }

    private synchronized Deployment begin(AppContext context, Deployment.Plan plan)
            throws DeploymentException {
        if (closed) {
            throw new DeploymentException(
                    plan.origin() + " is not deployed, for the server is being stopped");
        }
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
                            : "; " + host.place(before.name()) + " is served as it was before";
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
        if (publish(context, next, before) && before != null) {
            retireBeside(context, before, () -> {});
        }
    }

    /** The old one ends first, and requests wait. */
    private void restart(AppContext context, Deployment next, Deployment before)
            throws DeploymentException {
        RestartGate gate = next.gate(host.server().config().deployment().restartWait().toNanos());
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
                    host.place(next.name()),
                    e.getCause());
            throw e;
        }
        takeWhatWasLeft(context, next);
        publish(context, next, null);
        gate.open(routes(context, next));
    }

    /** Sessions are the application's whose they were: another one that comes gets none. */
    private void takeWhatWasLeft(AppContext context, Deployment next) {
        DepartingSessions left;
        synchronized (this) {
            String version = next.name().version();
            Deployment stopped = context.current(version);
            if (stopped == null || !stopped.plan().declared().equals(next.plan().declared())) {
                return;
            }
            left = context.left(version);
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

    /** It was tried, so it waits for its place no more. */
    private void fail(AppContext context, Deployment next, DeploymentException why) {
        note(context, next, why);
        if (!next.plan().named()) {
            mounts.awaitNoMore(next.plan().declared());
        }
    }

    /** Notes that an application is not even tried, and why; what serves by its name goes on. */
    void refuse(Deployment.Plan plan, DeploymentException why) {
        note(context(plan.name().contextPath()), new Deployment(plan, workFolder, host), why);
    }

    private synchronized void note(AppContext context, Deployment next, DeploymentException why) {
        next.failed(why);
        context.hasFailed(next);
    }

    /** What is known of failures of an application of a directory is not true any more. */
    synchronized void forgetFailures(AppName declared) {
        contexts.values().forEach(context -> context.forgetFailures(declared));
    }

    /**
     * Requests reach a version from now on, and the one before no more.
     *
     * @return whether that one has to end; it may have lost its last session meanwhile, and be
     *     ending
     */
    private boolean publish(AppContext context, Deployment next, @Nullable Deployment before) {
        List<Deployment> superseded;
        boolean ends;
        synchronized (this) {
            next.on(AppState.Event.START);
            context.put(next.name().version(), next);
            context.runs(next);
            if (!next.plan().named()) {
                mounts.put(next.plan().declared(), next.name());
            }
            superseded = context.settleVersions();
            publish();
            ends = before != null && before.state().isServing();
            if (before != null && ends) {
                retires(context, before);
            }
        }
        if (host.server().config().deployment().undeployOldVersions()) {
            superseded.forEach(each -> each.whenWithoutSessions(() -> retireUnused(context, each)));
        }
        return ends;
    }

    private void publish() {
        RouteTable routes =
                new RouteTable(
                        contexts.values().stream()
                                .filter(AppContext::isPublished)
                                .map(AppContext::routes)
                                .toList());
        host.server().hosts(all -> all.withRoutes(host.id(), routes));
        published.are(contexts.values());
    }

    /** What serves at a place. */
    synchronized @Nullable Deployment serving(AppName name) {
        Deployment present = current(name);
        return present != null && present.state().isServing() ? present : null;
    }

    /** What is at a place: it serves, or waits for its restart. */
    private synchronized @Nullable Deployment current(AppName name) {
        AppContext context = contexts.get(name.contextPath());
        return context == null ? null : context.current(name.version());
    }

    /**
     * What runs at a place, or was tried there last and failed.
     *
     * @throws DeploymentException when there is none
     */
    synchronized Deployment last(AppName name) throws DeploymentException {
        AppContext context = contexts.get(name.contextPath());
        Deployment failed = context == null ? null : context.failed(name.version());
        Deployment last =
                failed != null || context == null ? failed : context.current(name.version());
        if (last == null) {
            throw new DeploymentException("nothing is deployed at \"" + name + "\"");
        }
        return last;
    }

    /** The settings in force of what serves; of nothing, the host's. */
    synchronized AppConfig config(AppName name) {
        Deployment present = current(name);
        return present == null ? AppConfig.of(host.config()) : present.config();
    }

    private synchronized AppContext context(String path) {
        return contexts.computeIfAbsent(path, AppContext::new);
    }

    // --- the end of applications -----------------------------------------------------------------

    /**
     * Takes away what is at a place: see {@link WebAppDeployer#undeploy(AppName)}.
     *
     * @param which asked when nothing else can change there any more, of what serves there or waits
     *     for its restart, or null
     * @return whether there was something, and be it a failure
     */
    boolean undeploy(AppName name, Predicate<@Nullable Deployment> which) {
        AppContext context = known(name.contextPath());
        if (context == null) {
            return false;
        }
        context.changes().lock();
        try {
            return which.test(current(name)) && take(context, name.version());
        } finally {
            context.changes().unlock();
        }
    }

    private synchronized @Nullable AppContext known(String path) {
        return contexts.get(path);
    }

    /** The versions at a context path, the newest first. */
    synchronized List<String> versions(String contextPath) {
        AppContext context = contexts.get(contextPath);
        return context == null ? List.of() : context.versions();
    }

    private boolean take(AppContext context, String version) {
        Deployment taken;
        synchronized (this) {
            boolean hadFailed = context.forget(version);
            taken = context.put(version, null);
            context.settleVersions();
            publish();
            if (taken != null) {
                mounts.remove(taken.plan().declared(), taken.name());
            }
            if (taken == null || !taken.state().isServing()) {
                return hadFailed || taken != null;
            }
            retires(context, taken);
        }
        taken.awaitLastRequest();
        end(context, taken);
        LOG.info("Undeployed {} from {}", taken.origin(), host.place(taken.name()));
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
    private void retireBeside(AppContext context, Deployment before, Runnable afterwards) {
        Thread thread =
                AppThread.thread(
                        "pounce-retire " + before.name(),
                        () -> {
                            handOverAndEnd(context, before);
                            afterwards.run();
                        });
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
        LOG.info("The version before of {} has ended", host.place(before.name()));
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
            mounts.remove(old.plan().declared(), old.name());
            retires(context, old);
        }
        LOG.info(
                "{} has no sessions any more and ends; newer versions serve; {} can be removed",
                host.place(old.name()),
                old.origin());
        retireBeside(context, old, () -> freed.accept(old.name()));
    }

    // --- all of them -----------------------------------------------------------------------------

    /**
     * Adds a fused route to a context.
     *
     * @throws DeploymentException when its path is taken there; nothing has changed then
     */
    synchronized void addFused(String contextPath, FusedRoute route) throws DeploymentException {
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
        ServerConfig own = next.forHost(host.id());
        List<Runnable> prepared = new ArrayList<>();
        for (AppContext context : contexts.values()) {
            for (Deployment app : context.serving()) {
                prepared.add(app.reload(own));
            }
        }
        return prepared;
    }

    /** How everything is that is deployed, was tried and failed, or is ending. */
    synchronized List<AppStatus> status() {
        return contexts.values().stream().flatMap(each -> each.status().stream()).toList();
    }

    /** How many deployments have begun since the server was made. */
    synchronized int starts() {
        return starts;
    }

    /** The context paths at which webapps serve, in the order in which they were deployed first. */
    synchronized List<String> deployed() {
        return contexts.values().stream()
                .filter(each -> !each.serving().isEmpty())
                .map(AppContext::path)
                .toList();
    }

    /** Whether nothing begins any more. */
    synchronized boolean isClosed() {
        return closed;
    }

    /**
     * Undeploys all webapps, the last first, and waits for those that are ending. What is starting
     * is waited for, too, at most for {@code timeouts.shutdown}; nothing begins any more.
     */
    void close() {
        List<AppContext> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(contexts.values());
            all.forEach(context -> context.retiring().forEach(Deployment::hurry));
        }
        awaitChanges(all);
        List<Thread> ending;
        synchronized (this) {
            ending = List.copyOf(retirements);
            all.forEach(context -> context.retiring().forEach(Deployment::hurry));
        }
        for (AppContext context : all.reversed()) {
            versions(context.path())
                    .forEach(
                            version -> undeploy(new AppName(context.path(), version), any -> true));
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

    /** Returns when what was being started is there, and can be undeployed. */
    private void awaitChanges(List<AppContext> all) {
        long end = System.nanoTime() + host.server().config().timeouts().shutdown().toNanos();
        for (AppContext context : all) {
            try {
                if (context.changes().tryLock(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    context.changes().unlock();
                } else {
                    LOG.warn("what is being deployed at \"{}\" is not awaited", context.path());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
