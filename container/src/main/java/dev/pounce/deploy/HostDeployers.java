package dev.pounce.deploy;

import dev.pounce.config.DefaultHostConfig;
import dev.pounce.config.Reload;
import dev.pounce.config.ServerConfig;
import dev.pounce.files.FileCache;
import dev.pounce.server.HttpServer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The virtual hosts of a server: each has a {@link WebAppDeployer}, hence applications, routes,
 * sessions and versions of its own. Thread-safe.
 */
public final class HostDeployers implements AutoCloseable {
    private final HttpServer server;
    private final FileCache cache;
    private final Map<String, WebAppDeployer> deployers = new LinkedHashMap<>();

    /**
     * Those of the server's configuration. No application is deployed yet.
     *
     * @param workFolder where applications have temporary files
     * @param parent has the servlet API, Pounce's API and the {@link WebAppProvider}s
     * @param files the settings of single applications
     */
    public HostDeployers(
            HttpServer server, Path workFolder, ClassLoader parent, AppConfigFiles files) {
        this.server = server;
        this.cache = new FileCache(server.config().staticFiles());
        ServerConfig config = server.config();
        Map<String, List<String>> names = new LinkedHashMap<>();
        names.put(DefaultHostConfig.ID, config.defaultHost().names());
        config.hosts().forEach((id, host) -> names.put(id, host.names()));
        for (String id : names.keySet()) {
            Path folder = id.equals(DefaultHostConfig.ID) ? workFolder : workFolder.resolve(id);
            deployers.put(id, new WebAppDeployer(server, id, folder, parent, cache, files));
        }
        server.hosts(all -> all.withNames(names, config.defaultHost().refuseUnknown()));
    }

    /** What the configuration calls the hosts, the server's own first. */
    public List<String> ids() {
        return List.copyOf(deployers.keySet());
    }

    /**
     * The deployer of a host.
     *
     * @throws IllegalArgumentException when there is no such host; the message names those there
     *     are
     */
    public WebAppDeployer of(String id) {
        WebAppDeployer deployer = deployers.get(id);
        if (deployer == null) {
            throw new IllegalArgumentException(
                    "there is no virtual host " + id + " but " + String.join(", ", ids()));
        }
        return deployer;
    }

    /** That of the server's own host. */
    public WebAppDeployer ofDefault() {
        return of(DefaultHostConfig.ID);
    }

    /** What is kept of the applications' files. */
    public FileCache.Counts fileCache() {
        return cache.counts();
    }

    /** How everything is that is deployed, was tried and failed, or is ending; by the host. */
    public List<AppStatus> status() {
        return deployers.values().stream().flatMap(each -> each.status().stream()).toList();
    }

    /**
     * Puts another configuration in force, for the server and every application. What they do with
     * it is prepared first, so that it is in force everywhere or nowhere.
     *
     * @return what was swapped and what waits for the next start
     * @throws dev.pounce.config.ConfigException when a value cannot be, or a file that it names;
     *     nothing has changed then
     */
    public synchronized Reload reload(ServerConfig wanted) {
        ServerConfig next = Reload.between(server.config(), wanted).config();
        List<Runnable> prepared = new ArrayList<>();
        deployers.values().forEach(each -> prepared.addAll(each.reload(next)));
        Reload reload = server.reload(wanted);
        prepared.forEach(Runnable::run);
        return reload;
    }

    /** Undeploys all applications, the last first, and waits for those that are ending. */
    @Override
    public void close() {
        List.copyOf(deployers.values()).reversed().forEach(WebAppDeployer::close);
    }
}
