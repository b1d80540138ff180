package dev.pounce.launcher;

import dev.pounce.config.Reload;
import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.AppFile;
import dev.pounce.deploy.AppName;
import dev.pounce.deploy.AppState;
import dev.pounce.deploy.AppStatus;
import dev.pounce.deploy.DeploymentException;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * A server that listens and does nothing else, for tests of how one is run. Its {@code main} is the
 * launcher with such a server; the system property {@code hold} names where it waits for a line on
 * standard input: {@code deploy} or {@code stop}; {@code break} has it fail.
 */
final class SocketServer implements ServerHandle {

    private final ServerConfig config;
    private final PrintStream out;
    private List<String> apps = List.of();
    private ServerSocket socket;

    SocketServer(ServerConfig config, PrintStream out) {
        this.config = config;
        this.out = out;
    }

    public static void main(String[] args) {
        Factory servers = config -> new SocketServer(config, System.out);
        System.exit(new Launcher(System.getenv(), servers, System.out, System.err).run(args));
    }

    @Override
    public void deployAll(String host, Path webapps) throws IOException {
        hold("deploy");
        if ("break".equals(System.getProperty("hold"))) {
            throw new NoClassDefFoundError("broken");
        }
        try (Stream<Path> entries = Files.list(webapps)) {
            apps =
                    entries.map(entry -> "/" + entry.getFileName())
                            .map(path -> path.equals("/ROOT") ? "" : path)
                            .toList();
        }
    }

    @Override
    public void start() throws IOException {
        socket = new ServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(config.host()), config.port()));
    }

    @Override
    public String url() {
        return "http://" + config.host() + ":" + socket.getLocalPort();
    }

    @Override
    public synchronized List<String> apps() {
        return apps;
    }

    @Override
    public synchronized List<AppStatus> status() {
        return apps.stream()
                .map(
                        path ->
                                new AppStatus(
                                        "default",
                                        AppName.of(path),
                                        AppName.of(path),
                                        AppState.RUNNING,
                                        Instant.EPOCH,
                                        Path.of("/apps" + path),
                                        null,
                                        1,
                                        2))
                .toList();
    }

    @Override
    public AppName replace(String host, AppFile file) throws DeploymentException {
        replace(host, file.path(), file.name());
        return file.name();
    }

    @Override
    public synchronized void replace(String host, Path folderOrWar, AppName name)
            throws DeploymentException {
        if (!Files.isDirectory(folderOrWar)) {
            throw new DeploymentException(folderOrWar + " is no folder");
        }
        apps = Stream.concat(apps.stream(), Stream.of(name.contextPath())).toList();
    }

    @Override
    public synchronized boolean undeploy(String host, AppName name) {
        boolean there = apps.contains(name.contextPath());
        apps = apps.stream().filter(path -> !path.equals(name.contextPath())).toList();
        return there;
    }

    @Override
    public synchronized void redeploy(String host, AppName name) throws DeploymentException {
        if (!apps.contains(name.contextPath())) {
            throw new DeploymentException("nothing is deployed at " + name);
        }
        out.println("redeployed " + name);
    }

    @Override
    public boolean isResponsive(Duration within) {
        return true;
    }

    @Override
    public Reload reload(ServerConfig wanted) {
        return Reload.between(config, wanted);
    }

    @Override
    public void reopenLogs() {
        out.println("logs reopened");
    }

    @Override
    public void stop() {
        hold("stop");
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println("stopped");
    }

    private void hold(String where) {
        if (where.equals(System.getProperty("hold"))) {
            out.println("holding at " + where);
            try {
                if (System.in.read() < 0) {
                    new CountDownLatch(1).await();
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
