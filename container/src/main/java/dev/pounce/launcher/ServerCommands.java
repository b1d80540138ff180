package dev.pounce.launcher;

import dev.pounce.config.DefaultHostConfig;
import dev.pounce.config.ServerConfig;
import dev.pounce.control.Answer;
import dev.pounce.control.Commands;
import dev.pounce.deploy.AppFile;
import dev.pounce.deploy.AppName;
import dev.pounce.deploy.AppStatus;
import dev.pounce.deploy.DeploymentException;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What a running server does for those who speak to its control socket. Thread-safe. */
final class ServerCommands implements Commands {
    /** What stands before a host as the first argument of a command. */
    static final String HOST = "--host=";

    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final ServerHandle server;
    private final Reloader reloader;
    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private Phase phase = Phase.STARTING;
    private String banner = "";

    /**
     * @param reloader shared with whoever reloads for another reason
     */
    ServerCommands(ServerHandle server, Reloader reloader) {
        this.server = server;
        this.reloader = reloader;
    }

    /**
     * The server serves.
     *
     * @param line says what
     */
    synchronized void serving(String line) {
        banner = line;
        phase = Phase.SERVING;
        notifyAll();
    }

    /** The server does not serve any more, or never will. */
    synchronized void stopping() {
        phase = Phase.STOPPING;
        notifyAll();
    }

    private synchronized Phase awaitStarted() throws InterruptedException {
        while (phase == Phase.STARTING) {
            wait();
        }
        return phase;
    }

    private synchronized Phase phase() {
        return phase;
    }

    private synchronized String banner() {
        return banner;
    }

    /** How long the server may take to stop after it was told to. */
    static Duration patience(ServerConfig config) {
        return config.timeouts().drainDelay().plus(config.timeouts().shutdown()).plus(MARGIN);
    }

    @Override
    public Answer answer(List<String> words) throws Exception {
        String command = words.getFirst();
        List<String> arguments = words.subList(1, words.size());
        switch (command) {
            case "status" -> {
                return status();
            }
            case "patience" -> {
                Duration patience = patience(reloader.inForce());
                return Answer.done(patience.toMillis() + "\n");
            }
            default -> {
                if (awaitStarted() == Phase.STOPPING) {
                    return failed("the server is stopping");
                }
                return answer(command, arguments);
            }
        }
    }

    private Answer answer(String command, List<String> given) throws Exception {
        String host = DefaultHostConfig.ID;
        List<String> arguments = given;
        if (!given.isEmpty() && given.getFirst().startsWith(HOST)) {
            host = given.getFirst().substring(HOST.length());
            arguments = given.subList(1, given.size());
        }
        try {
            return switch (command) {
                case "await" -> Answer.done(banner() + "\n");
                case "list" -> list(arguments.contains("json"));
                case "deploy" -> deploy(host, arguments);
                case "undeploy" -> undeploy(host, name(argument(arguments, 0)));
                case "reload" ->
                        arguments.isEmpty()
                                ? reloader.reload()
                                : redeploy(host, name(arguments.getFirst()));
                default -> failed("the server does not know the command " + command);
            };
        } catch (DeploymentException | IllegalArgumentException e) {
            return failed(String.valueOf(e.getMessage()));
        }
    }

    private static String argument(List<String> arguments, int index) {
        if (index >= arguments.size()) {
            throw new IllegalArgumentException("the command lacks an argument");
        }
        return arguments.get(index);
    }

    private static Answer failed(String why) {
        return Answer.failed("pounce: " + why + "\n");
    }

    private Answer status() {
        String who = "process " + ProcessHandle.current().pid() + ", since " + begin;
        return Answer.done(
                switch (phase()) {
                    case STARTING -> "Pounce " + Version.get() + " is starting (" + who + ")\n";
                    case SERVING -> banner() + " (" + who + ")\n";
                    case STOPPING -> "Pounce " + Version.get() + " is stopping (" + who + ")\n";
                });
    }

    private Answer list(boolean json) {
        List<AppStatus> all = server.status();
        return Answer.done(json ? AppTable.json(all) : AppTable.text(all));
    }

    private Answer deploy(String host, List<String> arguments) throws DeploymentException {
        Path file = Path.of(argument(arguments, 0));
        AppName name;
        if (arguments.size() > 1) {
            name = name(arguments.get(1));
            server.replace(host, file, name);
        } else {
            name = server.replace(host, AppFile.of(file));
        }
        return Answer.done("deployed " + file + " at " + place(host, name) + "\n");
    }

    private Answer undeploy(String host, AppName name) {
        return server.undeploy(host, name)
                ? Answer.done("undeployed " + place(host, name) + "\n")
                : failed("nothing is deployed at " + place(host, name));
    }

    private Answer redeploy(String host, AppName name) throws DeploymentException {
        server.redeploy(host, name);
        return Answer.done("redeployed " + place(host, name) + "\n");
    }

    private static String place(String host, AppName name) {
        return host.equals(DefaultHostConfig.ID) ? name.toString() : host + ":" + name;
    }

    /** As people write it: a slash is the root, and behind two number signs is a version. */
    private static AppName name(String written) {
        int mark = written.indexOf("##");
        String path = mark < 0 ? written : written.substring(0, mark);
        String contextPath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return new AppName(contextPath, mark < 0 ? "" : written.substring(mark + 2));
    }
}
