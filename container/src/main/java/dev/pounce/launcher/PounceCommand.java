package dev.pounce.launcher;

import dev.pounce.control.Answer;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code pounce}; and the commands that a running server does, each a line to its socket. */
@Command(
        name = "pounce",
        description = "A servlet container whose flush() puts decodable bytes on the wire.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        scope = CommandLine.ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:it was done; the server has stopped in an orderly way",
            "1:it was not done; the server could not be started, for instance",
            "2:the configuration or the command line is wrong",
            "3:no server runs that could do it"
        })
final class PounceCommand {
    private static final String HOST =
            "The virtual host, as the configuration calls it (default: the server's own).";

    private final ServerProcess server;
    private final PrintStream out;
    private final PrintStream err;

    PounceCommand(Environment environment, PrintStream out, PrintStream err) {
        this.server = new ServerProcess(environment.base());
        this.out = out;
        this.err = err;
    }

    @Command(
            description =
                    "List the applications of the running server, and why some did not start.")
    int list(@Option(names = "--json", description = "As JSON.") boolean json) {
        return json ? ask("list", "json") : ask("list");
    }

    @Command(
            description = {
                "Deploy a webapp to the running server, in the place of one that is there; returns"
                        + " when it serves.",
                "The next start does not know it, unless it is in the folder of webapps."
            })
    int deploy(
            @Option(names = "--host", paramLabel = "ID", description = HOST) @Nullable String host,
            @Parameters(paramLabel = "FILE", description = "A folder or a .war file.") Path file,
            @Parameters(
                            paramLabel = "CONTEXT",
                            arity = "0..1",
                            description =
                                    "Where, such as /shop, or / for the root (default: by the"
                                            + " file's name, as in the folder of webapps).")
                    @Nullable String context) {
        String path = file.toAbsolutePath().normalize().toString();
        return context == null ? askOf(host, "deploy", path) : askOf(host, "deploy", path, context);
    }

    @Command(
            description =
                    "Undeploy a webapp from the running server; returns when its last request has"
                            + " ended.")
    int undeploy(
            @Option(names = "--host", paramLabel = "ID", description = HOST) @Nullable String host,
            @Parameters(paramLabel = "CONTEXT", description = "Where it is, such as /shop.")
                    String context) {
        return askOf(host, "undeploy", context);
    }

    @Command(
            description = {
                "Deploy an application of the running server again, from where it came from.",
                "Without one, have the server read its configuration again, as on SIGHUP."
            })
    int reload(
            @Option(names = "--host", paramLabel = "ID", description = HOST) @Nullable String host,
            @Parameters(
                            paramLabel = "CONTEXT",
                            arity = "0..1",
                            description = "Where the application is, such as /shop.")
                    @Nullable String context) {
        if (context == null && host != null) {
            err.println("pounce: the configuration is that of all hosts; name an application, too");
            return ExitCode.WRONG_USAGE;
        }
        return context == null ? ask("reload") : askOf(host, "reload", context);
    }

    /** Asks for something with an application of a host. */
    private int askOf(@Nullable String host, String command, String... arguments) {
        List<String> words = new ArrayList<>(List.of(command));
        if (host != null) {
            words.add(ServerCommands.HOST + host);
        }
        words.addAll(List.of(arguments));
        return ask(words.toArray(String[]::new));
    }

    private int ask(String... words) {
        try {
            Answer answer = server.ask(List.of(words));
            (answer.status() == 0 ? out : err).print(answer.text());
            out.flush();
            err.flush();
            return answer.status();
        } catch (ServerProcess.NotRunning e) {
            err.println("pounce: " + e.getMessage());
            return ExitCode.NOT_RUNNING;
        } catch (IOException e) {
            err.println("pounce: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }
}
