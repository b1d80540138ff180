package dev.pounce.launcher;

import dev.pounce.config.ConfigException;
import dev.pounce.config.DefaultHostConfig;
import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.AppStatus;
import dev.pounce.process.ServiceManager;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** {@code pounce run}: serves in the foreground until it is told to stop. */
@Command(
        name = "run",
        description = "Serve the webapps until SIGTERM or SIGINT; a second signal exits at once.")
final class RunCommand implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Mixin private final ConfigOptions options;

    private final Environment environment;
    private final ServerHandle.Factory servers;
    private final PrintStream out;
    private final PrintStream err;

    RunCommand(
            Environment environment,
            ServerHandle.Factory servers,
            PrintStream out,
            PrintStream err) {
        this(new ConfigOptions(), environment, servers, out, err);
    }

    /** With flags that were read already. */
    RunCommand(
            ConfigOptions options,
            Environment environment,
            ServerHandle.Factory servers,
            PrintStream out,
            PrintStream err) {
        this.options = options;
        this.environment = environment;
        this.servers = servers;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InvalidConfiguration {
        Configuration configuration = options.load(environment);
        configuration.warnings().forEach(warning -> err.println("pounce: warning: " + warning));
        List<String> problems = HostFolders.problems(configuration);
        if (!problems.isEmpty()) {
            throw new InvalidConfiguration(problems);
        }
        try (Signals signals = Signals.install(environment.isBackground())) {
            serve(configuration, signals);
            return ExitCode.OK;
        } catch (ConfigException e) {
            throw configuration.invalid(e);
        } catch (BindException e) {
            return failed(cannotListen(configuration, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("interrupted");
        } catch (RuntimeException | Error e) {
            LOG.error("ended by a failure of the server itself", e);
            return ExitCode.FAILED;
        } catch (Exception e) {
            LOG.debug("cannot start", e);
            return failed("cannot start: " + e.getMessage());
        }
    }

    private void serve(Configuration configuration, Signals signals) throws Exception {
        try (Presence presence = Presence.open(environment.base(), environment.isBackground())) {
            ServerHandle server = servers.create(configuration.server());
            Reloader reloader = new Reloader(options, environment, server, configuration.server());
            ServerCommands commands = new ServerCommands(server, reloader);
            ServiceManager manager = new ServiceManager(environment.variables());
            try {
                presence.announce(commands, options.flags());
                ReopenSignal.install(server);
                for (HostFolders each : HostFolders.of(configuration.server())) {
                    server.deployAll(each.host(), each.webapps());
                    if (Files.isDirectory(each.webappsJavax())) {
                        server.deployAll(each.host(), each.webappsJavax());
                    }
                }
                server.start();
                String banner = banner(server, configuration.server());
                out.println(banner);
                out.flush();
                commands.serving(banner);
                manager.ready(banner);
                LifeSign.begin(manager, server);
                while (signals.await() == Signals.Request.RELOAD) {
                    manager.reloading();
                    reloader.reload();
                    manager.ready(banner(server, configuration.server()));
                }
            } finally {
                commands.stopping();
                manager.stopping(ServerCommands.patience(reloader.inForce()));
                server.stop();
            }
        }
    }

    private static String banner(ServerHandle server, ServerConfig config) {
        String apps =
                server.status().stream()
                        .filter(app -> app.state().isServing())
                        .map(RunCommand::place)
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(" "));
        return "Pounce "
                + Version.get()
                + " serves "
                + server.url()
                + ": "
                + (apps.isEmpty() ? "no applications in " + config.webapps() : apps);
    }

    private static String place(AppStatus app) {
        String path = app.name().contextPath();
        boolean isDefault = app.host().equals(DefaultHostConfig.ID);
        return (isDefault ? "" : app.host() + ":") + (path.isEmpty() ? "/" : path);
    }

    private int failed(String message) {
        err.println("pounce: " + message);
        return ExitCode.FAILED;
    }

    static String cannotListen(Configuration configuration, BindException e) {
        String host = configuration.server().host();
        int port = configuration.server().port();
        String message = "cannot listen on " + host + " port " + port + ": " + e.getMessage();
        String advice = " (port: " + configuration.origin("port") + "; --port chooses another)";
        Optional<PortOwner> owner = owner(host, port);
        return owner.map(process -> message + ", by " + process + advice).orElse(message + advice);
    }

    private static Optional<PortOwner> owner(String host, int port) {
        try {
            return PortOwner.of(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
