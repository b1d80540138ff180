package dev.pounce.deploy;

import dev.pounce.config.ConfigException;
import dev.pounce.config.Reload;
import dev.pounce.config.ServerConfig;
import dev.pounce.files.FileCache;
import dev.pounce.route.ContextRoutes;
import dev.pounce.route.FusedRoute;
import dev.pounce.route.Route;
import dev.pounce.route.RouteTable;
import dev.pounce.server.HttpServer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Deploys webapps and fused routes to a server. Each change makes a new route table and replaces
 * the server's at once, so that a request sees a webapp as a whole or not at all. Thread-safe: one
 * change at a time.
 */
public final class WebAppDeployer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebAppDeployer.class);

    private final HttpServer server;
    private final Path workFolder;
    private final ClassLoader parent;
    private final FileCache cache;
    private final Map<String, Deployment> apps = new LinkedHashMap<>();
    private final Map<String, List<FusedRoute>> embedded = new LinkedHashMap<>();

    /** The context paths of webapps without routes that are not closed yet. */
    private final Set<String> retiring = new HashSet<>();

    /**
     * @param workFolder where war files are unpacked and webapps have temporary files; each context
     *     path has a folder there, which is emptied when a webapp is deployed
     * @param parent has the servlet API, Pounce's API and the {@link WebAppProvider}s
     */
    public WebAppDeployer(HttpServer server, Path workFolder, ClassLoader parent) {
        this.server = server;
        this.workFolder = workFolder;
        this.parent = parent;
        this.cache = new FileCache(server.config().staticFiles());
    }

    /**
     * Deploys a webapp; when it returns, requests reach it. Waits for the end of a webapp that is
     * being undeployed from the same context path.
     *
     * @param origin a folder or a war file
     * @param contextPath empty, or begins with a slash and does not end with one
     * @throws DeploymentException when there is a webapp at the context path already, or this one
     *     does not start; nothing has changed then
     */
    public synchronized void deploy(Path origin, String contextPath) throws DeploymentException {
        ContextPath.check(contextPath);
        awaitRetired(contextPath);
        Deployment present = apps.get(contextPath);
        if (present != null) {
            throw new DeploymentException(
                    "the context path \"" + contextPath + "\" is taken by " + present.origin());
        }
        long begin = System.nanoTime();
        Path folder = workFolder.resolve(ContextPath.fileName(contextPath));
        Deployment deployment =
                Deployment.start(origin, contextPath, folder, parent, cache, server);
        apps.put(contextPath, deployment);
        try {
            publish();
        } catch (IllegalArgumentException e) {
            apps.remove(contextPath);
            deployment.close();
            throw new DeploymentException(
                    origin + " cannot be deployed at \"" + contextPath + "\": " + e.getMessage(),
                    e);
        }
        LOG.info(
                "Deployed {} at {}/ in {} ms",
                origin,
                contextPath,
                (System.nanoTime() - begin) / 1_000_000);
    }

    /**
     * Takes a webapp away: new requests do not reach it, and when those that have reached it are
     * over, at the latest after {@code timeouts.undeploy}, it is closed. Fused routes that were
     * added to its context stay. Other changes can be made meanwhile. A request of the webapp that
     * calls this waits for itself, until the timeout.
     *
     * @return whether there was one
     */
    public boolean undeploy(String contextPath) {
        Deployment deployment;
        synchronized (this) {
            deployment = apps.remove(contextPath);
            if (deployment == null) {
                return false;
            }
            publish();
            retiring.add(contextPath);
        }
        try {
            deployment.retire(server);
        } finally {
            synchronized (this) {
                retiring.remove(contextPath);
                notifyAll();
            }
        }
        LOG.info("Undeployed {} from {}/", deployment.origin(), contextPath);
        return true;
    }

    /** Two webapps at one context path would share a work folder. */
    private synchronized void awaitRetired(String contextPath) throws DeploymentException {
        try {
            while (retiring.contains(contextPath)) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeploymentException(
                    "interrupted while the webapp before at \"" + contextPath + "\" was ending", e);
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
    public synchronized List<String> deployAll(Path webapps) throws IOException {
        List<String> deployed = new ArrayList<>();
        for (Map.Entry<String, Path> app : find(webapps).entrySet()) {
            String contextPath = ContextPath.of(app.getKey());
            try {
                deploy(app.getValue(), contextPath);
                deployed.add(contextPath);
            } catch (DeploymentException e) {
                LOG.error("{} is not deployed: {}", app.getValue(), e.getMessage(), e.getCause());
            }
        }
        return deployed;
    }

    private static Map<String, Path> find(Path webapps) throws IOException {
        Map<String, Path> found = new TreeMap<>();
        List<Path> entries;
        try (Stream<Path> all = Files.list(webapps)) {
            entries = all.toList();
        }
        for (Path entry : entries) {
            String fileName = entry.getFileName().toString();
            boolean isFolder = Files.isDirectory(entry);
            if (fileName.startsWith(".") || !isFolder && !ContextPath.isWar(fileName)) {
                continue;
            }
            String name = ContextPath.appName(fileName, isFolder);
            if (isFolder) {
                found.put(name, entry);
            } else {
                found.putIfAbsent(name, entry);
            }
        }
        return found;
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
        List<FusedRoute> before = embedded.getOrDefault(contextPath, List.of());
        List<FusedRoute> more = new ArrayList<>(before);
        more.add(route);
        embedded.put(contextPath, List.copyOf(more));
        try {
            publish();
        } catch (IllegalArgumentException e) {
            if (before.isEmpty()) {
                embedded.remove(contextPath);
            } else {
                embedded.put(contextPath, before);
            }
            throw new DeploymentException(
                    route.name() + " cannot be added to \"" + contextPath + "\": " + e.getMessage(),
                    e);
        }
    }

    /** What is kept of the webapps' files. */
    public FileCache.Counts fileCache() {
        return cache.counts();
    }

    /**
     * Puts another configuration in force, for the server and every webapp. What they do with it is
     * prepared first, so that it is in force everywhere or nowhere.
     *
     * @return what was swapped and what waits for the next start
     * @throws ConfigException when a value cannot be, or a file that it names; nothing has changed
     *     then
     */
    public synchronized Reload reload(ServerConfig wanted) {
        ServerConfig next = Reload.between(server.config(), wanted).config();
        List<Runnable> prepared = new ArrayList<>();
        for (Deployment app : apps.values()) {
            prepared.add(app.reload(next));
        }
        Reload reload = server.reload(wanted);
        prepared.forEach(Runnable::run);
        return reload;
    }

    /** The context paths of the webapps, in the order in which they were deployed. */
    public synchronized List<String> deployed() {
        return List.copyOf(apps.keySet());
    }

    /** Undeploys all webapps, the last first. */
    @Override
    public void close() {
        for (String contextPath : deployed().reversed()) {
            undeploy(contextPath);
        }
    }

    private void publish() {
        Set<String> contextPaths = new LinkedHashSet<>(apps.keySet());
        contextPaths.addAll(embedded.keySet());
        server.routes(new RouteTable(contextPaths.stream().map(this::context).toList()));
    }

    private ContextRoutes context(String contextPath) {
        List<Route> routes = new ArrayList<>();
        Deployment app = apps.get(contextPath);
        if (app != null) {
            routes.addAll(app.routes());
        }
        List<FusedRoute> added = embedded.getOrDefault(contextPath, List.of());
        routes.addAll(FusedRoute.compile(contextPath, added));
        return new ContextRoutes(contextPath, routes);
    }
}
