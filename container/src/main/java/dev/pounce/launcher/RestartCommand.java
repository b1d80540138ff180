package dev.pounce.launcher;

import dev.pounce.process.PidFile;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code pounce restart}: stop and start. */
@Command(
        name = "restart",
        description = {
            "Stop the server of POUNCE_BASE, if it runs, and start it.",
            "Without flags it has those of its start again."
        })
final class RestartCommand implements Callable<Integer> {
    private static final int TIMEOUT_SECONDS = 300;

    @Mixin private final ConfigOptions options = new ConfigOptions();
    @Mixin private final StopCommand stop;

    private final Environment environment;
    private final PrintStream out;
    private final PrintStream err;

    RestartCommand(Environment environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
        this.stop = new StopCommand(environment, out, err);
    }

    @Override
    public Integer call() throws InvalidConfiguration, InterruptedException {
        List<String> flags = options.flags();
        Path directory = null;
        try {
            ServerProcess server = new ServerProcess(environment.base());
            @Nullable PidFile running = server.running().orElse(null);
            if (flags.isEmpty() && running != null) {
                flags = running.flags();
                directory = running.directory();
            } else {
                // a mistake is to be known before the stop
                options.load(environment);
            }
            int stopped = stop.call();
            if (stopped != ExitCode.OK) {
                return stopped;
            }
            return new BackgroundStart(environment, server, out, err)
                    .start(flags, directory, TIMEOUT_SECONDS);
        } catch (IOException e) {
            err.println("pounce: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }
}
