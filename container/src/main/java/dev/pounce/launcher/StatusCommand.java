package dev.pounce.launcher;

import dev.pounce.process.PidFile;

import picocli.CommandLine.Command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code pounce status}: whether a server runs. */
@Command(
        name = "status",
        description = "Say whether a server of POUNCE_BASE runs, and what it serves.",
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:it runs",
            "1:it does not, and has ended otherwise than by stopping",
            "3:it does not",
            "4:that cannot be known"
        })
final class StatusCommand implements Callable<Integer> {
    private static final int UNKNOWN = 4;

    private final ServerProcess server;
    private final PrintStream out;
    private final PrintStream err;

    StatusCommand(Environment environment, PrintStream out, PrintStream err) {
        this.server = new ServerProcess(environment.base());
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        try {
            Optional<PidFile> running = server.running();
            if (running.isPresent()) {
                out.print(describe(running.get()));
                return ExitCode.OK;
            }
            Optional<PidFile> ended = server.ended();
            if (ended.isPresent()) {
                out.println(describeEnded(ended.get()));
                return ExitCode.ENDED;
            }
            out.println("no server runs from " + server.base());
            return ExitCode.NOT_RUNNING;
        } catch (IOException e) {
            err.println("pounce: " + e.getMessage());
            return UNKNOWN;
        }
    }

    private static String describe(PidFile running) {
        try {
            return ServerProcess.ask(running, List.of("status")).text();
        } catch (IOException e) {
            return "a server runs, but " + e.getMessage() + "\n";
        }
    }

    private String describeEnded(PidFile ended) {
        String number = ended.process().isReplaced() ? "; another process has its number now" : "";
        return "no server runs from "
                + server.base()
                + ": process "
                + ended.process().pid()
                + " has ended without stopping"
                + number;
    }
}
