package dev.pounce.deploy;

import dev.pounce.api.DrainListener;
import dev.pounce.config.AppConfig;
import dev.pounce.config.AppSettings;
import dev.pounce.config.ConfigException;
import dev.pounce.config.DefaultHostConfig;
import dev.pounce.config.RequestsConfig;
import dev.pounce.config.ServerConfig;
import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.ExchangeSettings;
import dev.pounce.files.FileCache;
import dev.pounce.route.ApplicationThreads;
import dev.pounce.route.InFlight;
import dev.pounce.route.RequestQueue;
import dev.pounce.route.RequestThreads;
import dev.pounce.route.Route;
import dev.pounce.server.HttpServer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * One version of a webapp from its unpacking to its end, and everything that is to be closed with
 * it. Started and closed by one thread at a time; its state may be asked for by any.
 */
final class Deployment {
    private static final Logger LOG = LoggerFactory.getLogger(Deployment.class);

    /** How long threads of requests that were cut off may take to notice. */
    private static final long ABORT_NANOS = 2_000_000_000L;

    /** What was waiting, and has been ended, is still answered. */
    private static final long ANSWER_NANOS = 250_000_000L;

    private final Plan plan;
    private final AppName name;
    private final Path origin;
    private final Host host;
    private volatile AppConfig config;
    private final Path workFolder;
    private final AppResources resources = new AppResources();
    private final @Nullable ApplicationThreads pool;
    private final InFlight inFlight;
    private volatile List<Route> routes = List.of();

    /** Those of its gate, when requests wait for its start. */
    private List<Route> waiting = List.of();

    private volatile @Nullable RunningWebApp running;

    /** Tells the webapp that it is going to end. */
    private volatile @Nullable DrainListener end;

    // Guarded by this
    private AppState state = AppState.STARTING;
    private Instant since;
    private @Nullable String reason;

    /**
     * What all webapps of a host have.
     *
     * @param id what the configuration calls it
     * @param parent has the servlet API, Pounce's API and the {@link WebAppProvider}s
     * @param legacy converts webapps of javax.servlet
     * @param clock the time of states
     * @param neighbours all of them
     * @param files the settings of single ones
     */
    record Host(
            HttpServer server,
            String id,
            ClassLoader parent,
            FileCache cache,
            LegacyWebApps legacy,
            InstantSource clock,
            Neighbours neighbours,
            AppConfigFiles files) {

        /** What it goes by. */
        ServerConfig config() {
            return server.config().forHost(id);
        }

        /** An application in messages: with the host's name, unless that is the server's own. */
        String place(AppName name) {
            return id.equals(DefaultHostConfig.ID) ? name.toString() : id + ":" + name;
        }
    }

    /**
     * What is to be deployed.
     *
     * @param origin a folder or a war file
     * @param declared what its name says
     * @param name where it is to be
     * @param named whether somebody named that place, so that its settings do not count for it
     * @param values what its files set
     * @param config its settings
     */
    record Plan(
            Path origin,
            AppName declared,
            AppName name,
            boolean named,
            AppValues values,
            AppConfig config) {

        /** The same at another place. */
        Plan at(AppName place) {
            return new Plan(origin, declared, place, named, values, config);
        }
    }

    /**
     * A webapp that is to be started.
     *
     * @param workFolder a folder of its own, which is deleted at the end
     * @throws ConfigException when it has settings of its own that cannot be
     */
    Deployment(Plan plan, Path workFolder, Host host) {
        this.plan = plan;
        this.name = plan.name();
        this.origin = plan.origin();
        this.config = plan.config();
        RequestsConfig requests = config.server().requests();
        boolean isPooled = config.own().threads() == AppSettings.Threads.PLATFORM;
        int threads = config.own().platformThreads();
        this.pool = isPooled ? new ApplicationThreads(name.toString(), threads) : null;
        this.inFlight =
                new InFlight(
                        new RequestQueue(
                                isPooled
                                        ? Math.min(threads, requests.concurrent())
                                        : requests.concurrent(),
                                requests.queue(),
                                requests.maxWait().toNanos()),
                        threads(config.own().threads(), pool));
        inFlight.settings(exchangeSettings(host, config));
        this.workFolder = workFolder;
        this.host = host;
        this.since = host.clock().instant();
    }

    private static RequestThreads threads(
            AppSettings.Threads which, @Nullable ApplicationThreads pool) {
        return switch (which) {
            case AUTO -> RequestThreads.AUTO;
            case WORKER -> RequestThreads.WORKER;
            case VIRTUAL -> RequestThreads.VIRTUAL;
            case PLATFORM -> RequestThreads.own(Objects.requireNonNull(pool));
        };
    }

    /** None where nothing is set: such a webapp has the server's, and costs requests nothing. */
    private static @Nullable ExchangeSettings exchangeSettings(Host host, AppConfig config) {
        return config.given().isEmpty() ? null : host.server().exchangeSettings(config.server());
    }

    /**
     * Unpacks, reads and starts the webapp.
     *
     * @throws DeploymentException why it does not start; everything it had begun is undone
     */
    void start() throws DeploymentException {
        try {
            AppStart start = new AppStart(plan, workFolder, host, inFlight, pool, resources);
            AppStart.Started started = AppThread.call("pounce-deploy " + name, start::run);
            running = started.app();
            end = started.end();
            routes = started.routes().stream().map(inFlight::counted).toList();
        } catch (DeploymentException e) {
            close();
            throw e;
        } catch (Exception | Error e) {
            close();
            throw new DeploymentException(origin + " does not start: " + e, e);
        }
    }

    AppName name() {
        return name;
    }

    /** What was to be deployed. */
    Plan plan() {
        return plan;
    }

    /** Its settings in force. */
    AppConfig config() {
        return config;
    }

    /** The folder or war file. */
    Path origin() {
        return origin;
    }

    /** Has requests wait for its start. Before it is started. */
    RestartGate gate(long waitNanos) {
        RestartGate made = new RestartGate(name.contextPath(), waitNanos);
        waiting = List.of(inFlight.counted(made.route()));
        return made;
    }

    /** What a provider has started, or null when there are only files and fused handlers. */
    @Nullable RunningWebApp running() {
        return running;
    }

    /** The routes, relative to the context path. */
    List<Route> routes() {
        List<Route> known = routes;
        return known.isEmpty() ? waiting : known;
    }

    synchronized AppState state() {
        return state;
    }

    /** Goes on in its life. */
    synchronized void on(AppState.Event event) {
        state = state.on(event);
        since = host.clock().instant();
    }

    /** Its start has failed. */
    synchronized void failed(DeploymentException why) {
        on(AppState.Event.FAIL);
        reason = why.getMessage();
    }

    synchronized AppStatus status() {
        return new AppStatus(
                host.id(),
                name,
                plan.declared(),
                state,
                since,
                origin,
                reason,
                inFlight.count(),
                sessions());
    }

    // Sessions

    long sessions() {
        RunningWebApp app = running;
        return app == null ? 0 : app.sessions();
    }

    boolean hasSession(Exchange exchange) {
        RunningWebApp app = running;
        return app != null && app.hasSession(exchange);
    }

    void whenWithoutSessions(Runnable callback) {
        RunningWebApp app = running;
        if (app == null) {
            callback.run();
        } else {
            app.whenWithoutSessions(callback);
        }
    }

    DepartingSessions departing() {
        RunningWebApp app = running;
        return app == null ? DepartingSessions.NONE : app.departing();
    }

    void receive(DepartingSessions sessions) {
        RunningWebApp app = running;
        if (app != null) {
            app.receive(sessions);
        }
    }

    void receiveRest(DepartingSessions sessions) {
        RunningWebApp app = running;
        if (app != null) {
            app.receiveRest(sessions);
        }
    }

    /**
     * Prepares for another configuration.
     *
     * @return puts it in force
     * @throws dev.pounce.config.ConfigException when the webapp cannot run with it
     */
    Runnable reload(ServerConfig server) {
        RunningWebApp reloaded = running;
        AppConfig next;
        ExchangeSettings exchanges;
        try {
            next = AppConfig.of(server, plan.values().values());
            exchanges = exchangeSettings(host, next);
        } catch (ConfigException e) {
            throw new ConfigException(e.path(), e.problem() + ", for " + name);
        }
        Runnable others = reloaded == null ? () -> {} : reloaded.reload(next);
        return () -> {
            config = next;
            inFlight.settings(exchanges);
            others.run();
        };
    }

    /**
     * Waits until its last exchange has ended, for at most {@code timeouts.undeploy}; not at all
     * when the server has stopped. The server's routes must be without it.
     */
    void awaitLastRequest() {
        inFlight.close();
        HttpServer server = host.server();
        DrainListener told = end;
        if (told != null) {
            AppThread.thread("pounce-drain " + name, told::drainBegun).start();
        }
        long begin = System.nanoTime();
        Duration limit = server.isStopped() ? Duration.ZERO : config.server().timeouts().undeploy();
        try {
            boolean quiet =
                    server.awaitTurns(limit.toNanos())
                            && inFlight.await(limit.toNanos() - (System.nanoTime() - begin));
            if (!quiet) {
                LOG.warn(
                        "{} ends after {} ms (timeouts.undeploy) with requests in flight: {}",
                        origin,
                        (System.nanoTime() - begin) / 1_000_000,
                        inFlight.count());
                RunningWebApp ending = running;
                if (ending != null) {
                    ending.endWaiting();
                }
                boolean stopped = server.isStopped();
                if (!inFlight.awaitAborted(stopped ? 0 : ANSWER_NANOS)) {
                    server.abort(inFlight::counts);
                    if (!inFlight.awaitAborted(stopped ? 0 : ABORT_NANOS)) {
                        LOG.warn("{} is closed under requests that do not end", origin);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("{} is closed without waiting for its requests: interrupted", origin);
        }
    }

    /** Its last request is waited for no longer. */
    void hurry() {
        inFlight.giveUp();
    }

    /** Ends the webapp: what began last ends first. Failures are logged. */
    void close() {
        try {
            AppThread.call(
                    "pounce-undeploy " + name,
                    () -> {
                        resources.close(origin);
                        return true;
                    });
        } catch (Exception | Error e) {
            LOG.warn("{} did not end cleanly", origin, e);
        }
        // who still knows this one, a list of states for instance, keeps nothing of the webapp
        running = null;
        end = null;
        routes = List.of();
        host.server().retireThreads();
    }
}
