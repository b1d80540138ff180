package dev.pounce.deploy;

import dev.pounce.api.Drain;
import dev.pounce.api.DrainListener;
import dev.pounce.config.ServerConfig;
import dev.pounce.files.FileCache;
import dev.pounce.files.FileHandler;
import dev.pounce.files.StaticFiles;
import dev.pounce.route.FusedRoute;
import dev.pounce.route.InFlight;
import dev.pounce.route.PathPattern;
import dev.pounce.route.RequestQueue;
import dev.pounce.route.Route;
import dev.pounce.server.DrainListeners;
import dev.pounce.server.HttpServer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** One webapp from its unpacking to its end, and everything that is to be closed with it. */
final class Deployment implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deployment.class);

    private static final List<String> WELCOME_FILES = List.of("index.html", "index.htm");

    private final Path origin;
    private final String contextPath;
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private final InFlight inFlight;
    private List<Route> routes = List.of();
    private @Nullable RunningWebApp running;

    private Deployment(Path origin, String contextPath, ServerConfig.Requests requests) {
        this.inFlight =
                new InFlight(
                        new RequestQueue(
                                requests.concurrent(),
                                requests.queue(),
                                requests.maxWait().toNanos()));
        this.origin = origin;
        this.contextPath = contextPath;
    }

    /**
     * Unpacks, reads and starts a webapp.
     *
     * @param origin a folder or a war file
     * @param workFolder a folder of its own, which is emptied first and deleted at the end
     * @throws DeploymentException why it does not start; everything it had begun is undone
     */
    static Deployment start(
            Path origin,
            String contextPath,
            Path workFolder,
            ClassLoader parent,
            FileCache cache,
            HttpServer server)
            throws DeploymentException {
        Deployment deployment = new Deployment(origin, contextPath, server.config().requests());
        try {
            WebAppSource source = deployment.prepare(workFolder, parent, cache, server);
            deployment.routes =
                    deployment.run(source, parent).stream()
                            .map(deployment.inFlight::counted)
                            .toList();
            return deployment;
        } catch (DeploymentException e) {
            deployment.close();
            throw e;
        } catch (Exception | LinkageError e) {
            deployment.close();
            throw new DeploymentException(origin + " does not start: " + e, e);
        }
    }

    private WebAppSource prepare(
            Path workFolder, ClassLoader parent, FileCache cache, HttpServer server)
            throws IOException, DeploymentException {
        delete(workFolder);
        Path temporary = Files.createDirectories(workFolder.resolve("temp"));
        resources.push(() -> delete(workFolder));
        Path root = root(workFolder);
        String name = contextPath.isEmpty() ? "ROOT" : contextPath;
        WebAppLoader loader = WebAppLoader.of(name, root, parent);
        resources.push(loader);
        List<ClassArchive> archives = ClassIndex.of(root);
        FusedHandlers fused = FusedScanner.scan(WebAppSource.index(archives), loader);
        resources.push(fused);
        FileCache.Part part = cache.part();
        resources.push(part);
        return new WebAppSource(
                contextPath,
                root,
                temporary,
                loader,
                archives,
                fused.routes(),
                part,
                drain(loader, server.drainListeners()),
                server.config());
    }

    /** The webapp's own listeners, which go with it. */
    private Drain drain(ClassLoader loader, Drain server) {
        DrainListeners own = new DrainListeners();
        DrainListener tellOwn = () -> WithLoader.run(loader, own::begin);
        server.addListener(tellOwn);
        resources.push(() -> server.removeListener(tellOwn));
        return own;
    }

    private Path root(Path workFolder) throws IOException, DeploymentException {
        if (Files.isDirectory(origin)) {
            return origin.toRealPath();
        }
        if (!Files.isRegularFile(origin)) {
            throw new DeploymentException(origin + " is neither a folder nor a war file");
        }
        Path unpacked = workFolder.resolve("webapp");
        new WarUnpacker().unpack(origin, unpacked);
        return unpacked.toRealPath();
    }

    private List<Route> run(WebAppSource source, ClassLoader parent) throws Exception {
        for (WebAppProvider provider : ServiceLoader.load(WebAppProvider.class, parent)) {
            if (provider.accepts(source)) {
                RunningWebApp started = provider.start(source);
                resources.push(started);
                running = started;
                return started.routes();
            }
        }
        if (Files.exists(source.root().resolve("WEB-INF/web.xml"))) {
            throw new DeploymentException(
                    origin
                            + " has a WEB-INF/web.xml and needs the servlet bridge: put"
                            + " pounce-servlet-bridge on the class path");
        }
        List<Route> all = new ArrayList<>(FusedRoute.compile(contextPath, source.fused()));
        StaticFiles files =
                new StaticFiles(
                        List.of(source.root()),
                        WELCOME_FILES,
                        source.config().staticFiles(),
                        source.cache());
        all.add(
                new Route(
                        new PathPattern.Default(),
                        new FileHandler(contextPath, files),
                        "files of " + source.root()));
        return List.copyOf(all);
    }

    /** The folder or war file. */
    Path origin() {
        return origin;
    }

    /** The routes, relative to the context path. */
    List<Route> routes() {
        return routes;
    }

    /**
     * Prepares for another configuration.
     *
     * @return puts it in force
     * @throws dev.pounce.config.ConfigException when the webapp cannot run with it
     */
    Runnable reload(ServerConfig config) {
        RunningWebApp reloaded = running;
        return reloaded == null ? () -> {} : reloaded.reload(config);
    }

    /**
     * Ends the webapp when its last exchange has ended, at the latest after {@code
     * timeouts.undeploy}; at once when the server has stopped. The server's routes must be without
     * it.
     */
    void retire(HttpServer server) {
        long begin = System.nanoTime();
        Duration limit = server.isStopped() ? Duration.ZERO : server.config().timeouts().undeploy();
        try {
            boolean quiet =
                    server.awaitTurns(limit.toNanos())
                            && inFlight.await(limit.toNanos() - (System.nanoTime() - begin));
            if (!quiet) {
                LOG.warn(
                        "{} is closed after {} ms (timeouts.undeploy); requests in flight: {}",
                        origin,
                        limit.toMillis(),
                        inFlight.count());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("{} is closed without waiting for its requests: interrupted", origin);
        }
        close();
        server.retireThreads();
    }

    /** Ends the webapp: what began last ends first. Failures are logged. */
    @Override
    public void close() {
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception | LinkageError e) {
                LOG.warn("{} did not end cleanly", origin, e);
            }
        }
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
