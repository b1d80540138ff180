package dev.pounce.launcher;

import dev.pounce.process.PidFile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code pounce start}: has a server run in the background. */
@Command(
        name = "start",
        description = {
            "Serve in the background, and return when the server serves.",
            "What it says goes to logs/pounce.log in POUNCE_BASE."
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:the server serves, or has done so before",
            "1:it does not, see the lines of its log",
            "2:the configuration or the command line is wrong"
        })
final class StartCommand implements Callable<Integer> {
    @Mixin private final ConfigOptions options = new ConfigOptions();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long to wait for it; it goes on starting then (default: 300).")
    private int timeout = 300;

    private final Environment environment;
    private final PrintStream out;
    private final PrintStream err;

    StartCommand(Environment environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InvalidConfiguration, InterruptedException {
        options.load(environment);
        ServerProcess server = new ServerProcess(environment.base());
        try {
            Optional<PidFile> running = server.running();
            if (running.isPresent()) {
                err.println(
                        "pounce: a server runs already, as process "
                                + running.get().process().pid()
                                + "; restart gives it other flags");
                return ExitCode.OK;
            }
            return new BackgroundStart(environment, server, out, err)
                    .start(options.flags(), null, timeout);
        } catch (IOException e) {
            err.println("pounce: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }
}
