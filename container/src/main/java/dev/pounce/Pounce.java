package dev.pounce;

import dev.pounce.api.Drain;
import dev.pounce.config.AppConfig;
import dev.pounce.config.ConfigException;
import dev.pounce.config.DefaultHostConfig;
import dev.pounce.config.Placeholders;
import dev.pounce.config.Reload;
import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.AppConfigFiles;
import dev.pounce.deploy.AppFile;
import dev.pounce.deploy.AppName;
import dev.pounce.deploy.AppStatus;
import dev.pounce.deploy.DeploymentException;
import dev.pounce.deploy.HostDeployers;
import dev.pounce.deploy.WebAppDeployer;
import dev.pounce.develop.Development;
import dev.pounce.files.FileCache;
import dev.pounce.observe.LifecycleListener;
import dev.pounce.observe.Metrics;
import dev.pounce.route.FusedRoute;
import dev.pounce.server.HttpServer;
import dev.pounce.watch.DevelopmentLookup;
import dev.pounce.watch.WatchThread;
import dev.pounce.watch.WebAppsWatcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * What {@code bin/pounce} does, from Java.
 *
 * {@snippet :
 * Pounce server = Pounce.create(ServerConfig.defaults().withPort(0));
 * server.fused("", FusedRoute.text("/hello", request -> "Hello, World!"));
 * server.start();
 * System.out.println(server.url());
 * server.stop();
 * }
 *
 * <p>Thread-safe. Applications may be deployed before and after {@link #start}.
 */
public final class Pounce {
    private final HttpServer server;
    private final HostDeployers hosts;
    private final WebAppDeployer deployer;
    private final Map<String, DevelopmentLookup> development;
    private final Path workFolder;
    private final List<WatchThread> watches = new CopyOnWriteArrayList<>();

    private Pounce(
            HttpServer server,
            HostDeployers hosts,
            Map<String, DevelopmentLookup> development,
            Path workFolder) {
        this.server = server;
        this.hosts = hosts;
        this.deployer = hosts.ofDefault();
        this.development = development;
        this.workFolder = workFolder;
    }

    /**
     * Builds a server that does not listen yet.
     *
     * @throws IOException when no folder for temporary files can be made
     */
    public static Pounce create(ServerConfig config) throws IOException {
        return create(
                config,
                new AppConfigFiles(
                        config.webappsConf(), Path.of(""), Placeholders.of(System.getenv())));
    }

    /**
     * Builds a server that does not listen yet.
     *
     * @param files the settings of single applications
     * @throws IOException when no folder for temporary files can be made
     */
    public static Pounce create(ServerConfig config, AppConfigFiles files) throws IOException {
        HttpServer server = new HttpServer(config);
        Path work = TemporaryFolder.make("pounce-");
        HostDeployers hosts = new HostDeployers(server, work, Pounce.class.getClassLoader(), files);
        Development developers = Development.of(config);
        Map<String, DevelopmentLookup> development = new HashMap<>();
        if (developers.enabled()) {
            for (String id : hosts.ids()) {
                development.put(id, new DevelopmentLookup(hosts.of(id), server, developers));
            }
            server.lookup(
                    (exchange, host) ->
                            Objects.requireNonNull(development.get(host.id()))
                                    .find(exchange, host));
        }
        return new Pounce(server, hosts, Map.copyOf(development), work);
    }

    /**
     * Listens and serves.
     *
     * @throws java.net.BindException when the port is taken
     * @throws IllegalStateException when it was started before
     */
    public void start() throws IOException {
        server.start();
    }

    /** The port that is listened on, once started. */
    public int port() {
        return server.port();
    }

    /** The URL of the root context, once started. */
    public URI url() {
        String host = server.config().host();
        boolean any = host.equals("0.0.0.0") || host.equals("::");
        String name = any ? "localhost" : host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + server.port() + "/");
    }

    /**
     * Deploys a folder or a {@code .war} file; returns once it runs.
     *
     * @param contextPath empty for the root, else it begins with a slash and does not end with one
     * @throws DeploymentException why it does not run
     */
    public void deploy(Path folderOrWar, String contextPath) throws DeploymentException {
        deployer.deploy(folderOrWar, AppName.of(contextPath));
    }

    /**
     * Deploys a folder or a {@code .war} file; returns once it runs.
     *
     * @param name context path and version; {@link AppName#ofFile} reads the names of files
     * @throws DeploymentException when there is one by that name, or why it does not run
     */
    public void deploy(Path folderOrWar, AppName name) throws DeploymentException {
        deployer.deploy(folderOrWar, name);
    }

    /**
     * Deploys a folder or a {@code .war} file, in the place of the application by that name if
     * there is one, as the setting {@code redeploy} says. Returns once it runs; the one before is
     * ending then.
     *
     * @throws DeploymentException why it does not run; with {@code swap} the one before still
     *     serves
     */
    public void replace(Path folderOrWar, AppName name) throws DeploymentException {
        deployer.replace(folderOrWar, name);
    }

    /**
     * Deploys a folder or {@code .war} file where its settings want it, or else where its name
     * says, in the place of the application that came from there before; see {@link #replace(Path,
     * AppName)}.
     *
     * @return where it is
     * @throws DeploymentException why it does not run, or that another application has its place
     */
    public AppName replace(AppFile file) throws DeploymentException {
        hosts.ofDefault().replace(file);
        return hosts.ofDefault().mounted(file.name());
    }

    /** The settings of an application that serves; where none does, the server's. */
    public AppConfig appConfig(AppName name) {
        return hosts.ofDefault().config(name);
    }

    /**
     * Deploys an application anew from where it came from; see {@link #replace(Path, AppName)}.
     *
     * @param contextPath empty for the root; where several versions are there, the newest is meant
     * @throws DeploymentException when nothing is deployed there, or why it does not run
     */
    public void redeploy(String contextPath) throws DeploymentException {
        deployer.redeploy(newest(contextPath));
    }

    /**
     * Deploys one version of an application anew from where it came from.
     *
     * @throws DeploymentException when there is no such, or why it does not run
     */
    public void redeploy(AppName name) throws DeploymentException {
        deployer.redeploy(name);
    }

    private AppName newest(String contextPath) {
        return deployer.status().stream()
                .map(AppStatus::name)
                .filter(name -> name.contextPath().equals(contextPath))
                .max(Comparator.comparing(AppName::version))
                .orElse(AppName.of(contextPath));
    }

    /**
     * Deploys all applications of a folder; those that do not start are logged with their reason.
     *
     * @return the context paths of those that run
     */
    public List<String> deployAll(Path webapps) throws IOException {
        return deployer.deployAll(webapps);
    }

    /**
     * Deploys all applications of a folder, waiting for those that were written in this moment, and
     * from then on what is put into it, changes or is removed there, as long as {@code auto_deploy}
     * is on. Several folders can be watched.
     *
     * @throws IOException when the folder cannot be read
     */
    public void watch(Path webapps) throws IOException, InterruptedException {
        watch(DefaultHostConfig.ID, webapps);
    }

    /**
     * The same for a virtual host.
     *
     * @param host what the configuration calls it
     * @throws IOException when the folder cannot be read
     * @throws IllegalArgumentException when there is no such host
     */
    public void watch(String host, Path webapps) throws IOException, InterruptedException {
        WebAppDeployer own = hosts.of(host);
        WebAppsWatcher watcher =
                new WebAppsWatcher(webapps, own, own::config, WebAppsWatcher.Time.system());
        watcher.beside(development.get(host));
        watcher.deployAll();
        watches.add(new WatchThread(watcher, own::config));
    }

    /**
     * The virtual hosts of the configuration, through which applications of hosts other than the
     * server's own are deployed and undeployed.
     */
    public HostDeployers hosts() {
        return hosts;
    }

    /**
     * Undeploys all versions: new requests do not reach the application, those that have reached it
     * run to their end, for at most {@code timeouts.undeploy}, and then it is closed.
     *
     * @return false when nothing is deployed there
     */
    public boolean undeploy(String contextPath) {
        return deployer.undeploy(contextPath);
    }

    /**
     * The same with one version.
     *
     * @return false when there is none by that name
     */
    public boolean undeploy(AppName name) {
        return deployer.undeploy(name);
    }

    /**
     * How every application of every host is that is deployed, did not start, or is ending; by
     * context path in the order in which they came, and by version. Does not wait for what is being
     * deployed.
     */
    public List<AppStatus> appStatus() {
        return hosts.status();
    }

    /**
     * Adds a fused route.
     *
     * @param contextPath empty for the root
     * @throws DeploymentException when the path is answered already
     */
    public void fused(String contextPath, FusedRoute route) throws DeploymentException {
        deployer.addFused(contextPath, route);
    }

    /** What is kept of the webapps' files. */
    public FileCache.Counts fileCache() {
        return hosts.fileCache();
    }

    /** The context paths of the server's own deployed applications, empty for the root. */
    public List<String> apps() {
        return deployer.deployed();
    }

    /**
     * Puts another configuration in force without losing a request: requests that begin from now on
     * see it, those that have begun end with what they began with. The file of {@code users} is
     * read again.
     *
     * @return what was swapped, and which settings have changed and wait for the next start
     * @throws ConfigException when a value cannot be, or a file that it names is malformed; nothing
     *     has changed then
     */
    public Reload reload(ServerConfig config) {
        return hosts.reload(config);
    }

    /** Tells who wants to know that the server is going to stop. */
    public Drain drain() {
        return server.drainListeners();
    }

    /** The figures of the server. */
    public Metrics metrics() {
        return server.metrics();
    }

    /** Adds somebody who learns what happens to connections and requests from now on. */
    public void addListener(LifecycleListener listener) {
        server.observer().add(listener);
    }

    /** Removes a listener. */
    public void removeListener(LifecycleListener listener) {
        server.observer().remove(listener);
    }

    /** Opens the files of logs anew, after somebody has moved them. */
    public void reopenLogs() throws InterruptedException {
        server.observer().reopenLogs();
    }

    /** The engine below. */
    public HttpServer server() {
        return server;
    }

    /**
     * Drains, for at most {@code timeouts.drain_delay} and {@code timeouts.shutdown}, stops the
     * applications and ends. Does nothing more the second time.
     */
    public void stop() throws InterruptedException {
        for (WatchThread each : watches) {
            each.stop();
        }
        server.stop();
        hosts.close();
        deleteWorkFolder();
    }

    private void deleteWorkFolder() {
        if (!Files.exists(workFolder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(workFolder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            org.slf4j.LoggerFactory.getLogger(Pounce.class)
                    .warn("temporary files are left in {}: {}", workFolder, e.getMessage());
        }
    }
}
