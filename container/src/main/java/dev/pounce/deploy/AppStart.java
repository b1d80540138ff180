package dev.pounce.deploy;

import dev.pounce.api.Drain;
import dev.pounce.api.DrainListener;
import dev.pounce.config.AppConfig;
import dev.pounce.files.FileCache;
import dev.pounce.files.FileHandler;
import dev.pounce.files.StaticFiles;
import dev.pounce.leak.AppTraces;
import dev.pounce.leak.DriverRemover;
import dev.pounce.route.ApplicationThreads;
import dev.pounce.route.FusedRoute;
import dev.pounce.route.InFlight;
import dev.pounce.route.PathPattern;
import dev.pounce.route.Route;
import dev.pounce.server.DrainListeners;
import dev.pounce.server.HttpServer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * The start of a webapp: unpacks it, makes what it needs in an order in which that can be closed
 * again, and has a {@link WebAppProvider} run it, or its files and fused handlers alone. Used once,
 * by one thread.
 */
final class AppStart {
    private static final Logger LOG = LoggerFactory.getLogger(AppStart.class);
    private static final List<String> WELCOME_FILES = List.of("index.html", "index.htm");

    private final Deployment.Plan plan;
    private final AppName name;
    private final Path origin;
    private final AppConfig config;
    private final Path workFolder;
    private final Deployment.Host host;
    private final InFlight inFlight;
    private final @Nullable ApplicationThreads pool;
    private final AppResources resources;
    private DrainListener end = () -> {};

    /**
     * What has been started.
     *
     * @param routes its routes, relative to its context path
     * @param app what a provider runs, or null when there are only files and fused handlers
     * @param end tells it that it is going to end
     */
    record Started(List<Route> routes, @Nullable RunningWebApp app, DrainListener end) {}

    /**
     * @param workFolder a folder of its own, which is deleted at the end
     * @param inFlight counts its requests
     * @param pool its own threads, if it has some
     * @param resources has what is to be closed in the end
     */
    AppStart(
            Deployment.Plan plan,
            Path workFolder,
            Deployment.Host host,
            InFlight inFlight,
            @Nullable ApplicationThreads pool,
            AppResources resources) {
        this.plan = plan;
        this.name = plan.name();
        this.origin = plan.origin();
        this.config = plan.config();
        this.workFolder = workFolder;
        this.host = host;
        this.inFlight = inFlight;
        this.pool = pool;
        this.resources = resources;
    }

    /**
     * Unpacks, reads and starts it.
     *
     * @throws Exception why it does not start; what has begun is among the resources
     */
    Started run() throws Exception {
        WebAppSource source = prepare();
        for (WebAppProvider provider : ServiceLoader.load(WebAppProvider.class, host.parent())) {
            if (provider.accepts(source)) {
                RunningWebApp started = provider.start(source);
                resources.add(started);
                return new Started(started.routes(), started, end);
            }
        }
        if (Files.exists(source.root().resolve("WEB-INF/web.xml"))) {
            throw new DeploymentException(
                    origin
                            + " has a WEB-INF/web.xml and needs the servlet bridge: put"
                            + " pounce-servlet-bridge on the class path");
        }
        List<Route> all = new ArrayList<>(FusedRoute.compile(name.contextPath(), source.fused()));
        StaticFiles files =
                new StaticFiles(
                        List.of(source.root()),
                        WELCOME_FILES,
                        source.config().server(),
                        source.cache());
        all.add(
                new Route(
                        new PathPattern.Default(),
                        new FileHandler(name.contextPath(), files),
                        "files of " + source.root()));
        return new Started(List.copyOf(all), null, end);
    }

    private WebAppSource prepare() throws IOException, DeploymentException {
        delete(workFolder);
        Path temporary = Files.createDirectories(workFolder.resolve("temp"));
        resources.add(() -> delete(workFolder));
        Path root = root();
        String loaderName = name.contextPath().isEmpty() ? "ROOT" : name.contextPath();
        List<Path> extra = ExtraClassPath.of(config, plan.values(), root, host.files().base());
        WebAppLoader loader = WebAppLoader.of(loaderName, root, extra, host.parent());
        resources.add(loader);
        resources.add(traces(loader)::wipe);
        if (pool != null) {
            resources.add(pool);
        }
        registerDrivers(loader);
        List<ClassArchive> archives = ClassIndex.of(root, extra);
        FusedHandlers fused = FusedScanner.scan(WebAppSource.index(archives), loader);
        resources.add(fused);
        FileCache.Part part = host.cache().part();
        resources.add(part);
        return new WebAppSource(
                name.contextPath(),
                root,
                temporary,
                loader,
                archives,
                fused.routes(),
                part,
                drain(loader),
                inFlight,
                host.neighbours(),
                host.id(),
                config);
    }

    private AppTraces traces(WebAppLoader loader) {
        return new AppTraces(
                name.toString(), loader, HttpServer::isReplaced, () -> driverRemover(loader));
    }

    @SuppressWarnings("unchecked") // it is the class that it is made of
    private static Callable<List<String>> driverRemover(WebAppLoader loader) {
        try {
            Object made = loader.adopt(DriverRemover.class).getConstructor().newInstance();
            return (Callable<List<String>>) made;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Registers the JDBC drivers that the webapp brings: the platform does that by itself only for
     * the first application that asks for a connection.
     */
    private void registerDrivers(WebAppLoader loader) {
        if (loader.findResource("META-INF/services/java.sql.Driver") == null) {
            return;
        }
        WithLoader.run(
                loader,
                () -> {
                    try {
                        ServiceLoader.load(Driver.class, loader)
                                .forEach(each -> LOG.debug("{} has {}", name, each.getClass()));
                    } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
                        LOG.debug("a JDBC driver of {} is not registered", name, e);
                    }
                });
    }

    /** The webapp's own listeners, which go with it. */
    private Drain drain(ClassLoader loader) {
        DrainListeners drain = new DrainListeners();
        DrainListener tellOwn = () -> WithLoader.run(loader, drain::begin);
        end = tellOwn;
        DrainListeners servers = host.server().drainListeners();
        servers.addListener(tellOwn);
        resources.add(() -> servers.removeListener(tellOwn));
        return drain;
    }

    private Path root() throws IOException, DeploymentException {
        if (!Files.isDirectory(origin) && !Files.isRegularFile(origin)) {
            throw new DeploymentException(origin + " is neither a folder nor a war file");
        }
        Path runnable = host.legacy().runnable(origin);
        if (Files.isDirectory(runnable)) {
            return runnable.toRealPath();
        }
        Path unpacked = workFolder.resolve("webapp");
        new WarUnpacker().unpack(runnable, unpacked);
        return unpacked.toRealPath();
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.delete(each);
        }
    }
}
