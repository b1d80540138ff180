package dev.pounce.launcher;

import dev.pounce.config.ServerConfig;
import dev.pounce.deploy.WebAppCheck;
import dev.pounce.encoding.ZstdLibrary;
import dev.pounce.yaml.SettingCollector;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code pounce check}: everything that would keep a server from starting, at once. */
@Command(
        name = "check",
        description = {
            "Look for everything that would keep a server from starting or serving: the"
                    + " configuration, the port, the webapps, users, logs and limits.",
            "Nothing is started and no code of a webapp runs."
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:no problem was found", "1:there are problems"})
final class CheckCommand implements Callable<Integer> {
    /** What a JVM has open besides connections. */
    private static final int OTHER_FILES = 200;

    @Mixin private final ConfigOptions options = new ConfigOptions();

    private final Environment environment;
    private final PrintStream out;
    private final PrintStream err;
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    CheckCommand(Environment environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        SettingCollector settings = options.collect(environment);
        Configuration configuration;
        try {
            configuration = Configuration.of(settings, environment.base());
        } catch (InvalidConfiguration e) {
            problems.addAll(e.problems());
            configuration = Configuration.ofWhatIsRight(settings, environment.base());
        }
        warnings.addAll(configuration.warnings());
        ServerConfig config = configuration.server();
        checkJava();
        checkPort(configuration);
        checkWebApps(configuration);
        checkFolders(config);
        checkLimits(config);
        warnings.forEach(warning -> err.println("warning: " + warning));
        problems.forEach(problem -> err.println("problem: " + problem));
        if (problems.isEmpty()) {
            out.println("no problem was found");
            return ExitCode.OK;
        }
        err.println(problems.size() == 1 ? "1 problem" : problems.size() + " problems");
        return ExitCode.FAILED;
    }

    private void checkJava() {
        if (Runtime.version().feature() < 25) {
            problems.add("Java " + Runtime.version() + " is too old, 25 is needed");
        }
        if (!ZstdLibrary.isAvailable()) {
            warnings.add(ZstdLibrary.description());
        }
    }

    private void checkPort(Configuration configuration) {
        String host = configuration.server().host();
        int port = configuration.server().port();
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (BindException e) {
            if (!isOurs(host, port)) {
                problems.add(RunCommand.cannotListen(configuration, e));
            }
        } catch (IOException | IllegalArgumentException e) {
            problems.add("host: " + host + " (" + configuration.origin("host") + "): " + e);
        }
    }

    /** Whether the port is taken by the server of this base, which is as it should be. */
    private boolean isOurs(String host, int port) {
        try {
            Optional<PortOwner> owner = PortOwner.of(InetAddress.getByName(host), port);
            long ours =
                    new ServerProcess(environment.base())
                            .running()
                            .map(file -> file.process().pid())
                            .orElse(-1L);
            return owner.map(process -> process.pid() == ours).orElse(false);
        } catch (IOException e) {
            return false;
        }
    }

    private void checkWebApps(Configuration configuration) {
        problems.addAll(HostFolders.problems(configuration));
        WebAppCheck check =
                WebAppCheck.of(
                        configuration.server(),
                        environment.appConfigFiles(configuration.server()),
                        CheckCommand.class.getClassLoader());
        problems.addAll(check.problems());
        warnings.addAll(check.warnings());
    }

    private void checkFolders(ServerConfig config) {
        if (config.accessLog().enabled()) {
            Path folder = config.accessLog().file().toAbsolutePath().getParent();
            if (folder != null && !canWrite(folder)) {
                problems.add("access_log.file: " + folder + " cannot be written");
            }
        }
        for (String name : List.of("logs", "run")) {
            Path folder = environment.base().toAbsolutePath().resolve(name);
            if (!canWrite(folder)) {
                warnings.add(
                        folder
                                + " cannot be written, so `start` does not work here:"
                                + " POUNCE_BASE names a folder for a server's own files");
            }
        }
    }

    /** Whether files can be made there, where the folder itself may still be missing. */
    private static boolean canWrite(Path folder) {
        Path existing = folder;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        return existing != null && Files.isDirectory(existing) && Files.isWritable(existing);
    }

    private void checkLimits(ServerConfig config) {
        long files = openFiles();
        long wanted = (long) config.limits().connections() + OTHER_FILES;
        if (files >= 0 && files < wanted) {
            warnings.add(
                    "limits.connections is "
                            + config.limits().connections()
                            + ", and this process may have only "
                            + files
                            + " files open (ulimit -n)");
        }
        long queue = number(Path.of("/proc/sys/net/core/somaxconn"));
        if (queue >= 0 && queue < config.backlog()) {
            warnings.add(
                    "backlog is "
                            + config.backlog()
                            + ", and the system allows "
                            + queue
                            + " (net.core.somaxconn)");
        }
    }

    /** The hard limit, to which the JVM raises its own; -1 where that is not known. */
    private static long openFiles() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
                if (line.startsWith("Max open files")) {
                    String hard = line.strip().split("\\s+")[4];
                    return hard.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(hard);
                }
            }
        } catch (IOException | RuntimeException e) {
            return -1;
        }
        return -1;
    }

    private static long number(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException | NumberFormatException e) {
            return -1;
        }
    }
}
