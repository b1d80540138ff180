package dev.pounce.launcher;

import dev.pounce.process.PidFile;
import dev.pounce.process.ProcessIdentity;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code pounce stop}: has a server drain and end. */
@Command(
        name = "stop",
        description = {
            "Stop the server of POUNCE_BASE: it drains, and ends at the latest after"
                    + " timeouts.drain_delay and timeouts.shutdown.",
            "Without one that runs there is nothing to do."
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {"0:no server runs any more", "1:it runs still"})
final class StopCommand implements Callable<Integer> {
    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(30);
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 50;

    @Option(names = "--force", description = "Kill it if it has not ended by then.")
    private boolean force;

    private final ServerProcess server;
    private final PrintStream out;
    private final PrintStream err;

    StopCommand(Environment environment, PrintStream out, PrintStream err) {
        this.server = new ServerProcess(environment.base());
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            Optional<PidFile> running = server.running();
            if (running.isEmpty()) {
                out.println("no server runs from " + server.base());
                return ExitCode.OK;
            }
            return stop(running.get()) ? ExitCode.OK : ExitCode.FAILED;
        } catch (IOException e) {
            err.println("pounce: " + e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private boolean stop(PidFile running) throws InterruptedException {
        Duration patience = patience(running);
        ProcessIdentity process = running.process();
        Optional<ProcessHandle> handle = ProcessHandle.of(process.pid());
        if (process.isRunning() && !handle.map(ProcessHandle::destroy).orElse(false)) {
            err.println(
                    "pounce: process " + process.pid() + " cannot be told: it is another user's");
            return false;
        }
        if (awaitEnd(process, patience)) {
            out.println("stopped process " + process.pid());
            return true;
        }
        String still =
                "process " + process.pid() + " has not stopped in " + patience.toSeconds() + " s";
        if (!force) {
            err.println("pounce: " + still + "; --force kills it");
            return false;
        }
        handle.ifPresent(ProcessHandle::destroyForcibly);
        boolean killed = awaitEnd(process, LAST_PATIENCE);
        err.println("pounce: " + still + (killed ? " and was killed" : ", not even killed"));
        return killed;
    }

    /** What the server itself allows for it. */
    private static Duration patience(PidFile running) {
        try {
            String millis = ServerProcess.ask(running, List.of("patience")).text();
            return Duration.ofMillis(Long.parseLong(millis.strip()));
        } catch (IOException | NumberFormatException e) {
            return USUAL_PATIENCE;
        }
    }

    /** It is nobody's child here, and such a process can only be looked at. */
    private static boolean awaitEnd(ProcessIdentity process, Duration patience)
            throws InterruptedException {
        long begin = System.nanoTime();
        while (process.isRunning()) {
            if (System.nanoTime() - begin > patience.toNanos()) {
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }
}
