package dev.pounce.launcher;

import dev.pounce.Pounce;
import dev.pounce.config.Reload;
import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.AppFile;
import dev.pounce.deploy.AppName;
import dev.pounce.deploy.AppStatus;
import dev.pounce.deploy.DeploymentException;
import dev.pounce.deploy.WebAppDeployer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Where {@code bin/pounce} enters. */
public final class Main {

    private Main() {}

    /**
     * Does what the arguments say and ends the process.
     *
     * @param args see {@code pounce --help}
     */
    public static void main(String[] args) {
        if (args.length > 0 && (args[0].equals("run") || args[0].equals(TrainCommand.NAME))) {
            // Takes as long as it takes to begin a log, and has nothing to do with that.
            Thread.ofPlatform().name("pounce-settings").daemon().start(ServerConfig::schema);
        }
        Environment environment = new Environment(System.getenv());
        LogSettings.apply(List.of(environment.base(), environment.home()));
        System.exit(
                new Launcher(
                                System.getenv(),
                                config -> server(config, environment),
                                System.out,
                                System.err)
                        .run(args));
    }

    private static ServerHandle server(ServerConfig config, Environment environment) {
        try {
            return new PounceHandle(Pounce.create(config, environment.appConfigFiles(config)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record PounceHandle(Pounce pounce) implements ServerHandle {

        @Override
        public void deployAll(String host, Path webapps) throws IOException, InterruptedException {
            pounce.watch(host, webapps);
        }

        @Override
        public void start() throws IOException {
            pounce.start();
        }

        @Override
        public String url() {
            return pounce.url().toString();
        }

        @Override
        public List<String> apps() {
            return pounce.apps();
        }

        @Override
        public Reload reload(ServerConfig config) {
            return pounce.reload(config);
        }

        @Override
        public List<AppStatus> status() {
            return pounce.appStatus();
        }

        @Override
        public void replace(String host, Path folderOrWar, AppName name)
                throws DeploymentException {
            pounce.hosts().of(host).replace(folderOrWar, name);
        }

        @Override
        public AppName replace(String host, AppFile file) throws DeploymentException {
            WebAppDeployer deployer = pounce.hosts().of(host);
            deployer.replace(file);
            return deployer.mounted(file.name());
        }

        @Override
        public boolean undeploy(String host, AppName name) {
            return pounce.hosts().of(host).undeploy(name);
        }

        @Override
        public void redeploy(String host, AppName name) throws DeploymentException {
            pounce.hosts().of(host).redeploy(name);
        }

        @Override
        public boolean isResponsive(Duration within) throws InterruptedException {
            return pounce.server().awaitTurns(within.toNanos());
        }

        @Override
        public void reopenLogs() {
            try {
                pounce.reopenLogs();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void stop() {
            try {
                pounce.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
