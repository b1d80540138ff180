package dev.pounce.bench;

import dev.pounce.bench.app.Coding;
import dev.pounce.bench.app.Work;
import dev.pounce.bench.peer.Programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The client, a process of its own; what it costs does not count.
 *
 * @param script the script that makes the load
 * @param log the file for its output
 * @param threads its threads
 * @param connections the connections that it keeps open where the scenario says nothing else, at
 *     least one per thread
 */
record Wrk(Path script, Path log, int threads, int connections) {

    /** After a round with long stalls wrk computes its statistics for a while. */
    private static final int GRACE_SECONDS = 60;

    /** An answer that takes longer is an error. */
    private static final String TIMEOUT = "10s";

    /**
     * Makes sure that wrk is there.
     *
     * @throws BenchmarkException saying how to install it
     */
    static void requireInstalled() {
        if (Programs.find("wrk").isEmpty()) {
            throw new BenchmarkException(
                    "wrk, the client, is not installed: apt-get install wrk, or see"
                            + " https://github.com/wg/wrk");
        }
    }

    /** The connections that it keeps open in a scenario. */
    int connections(Scenario scenario) {
        int own = scenario.shape().connections();
        return own == 0 ? connections : own;
    }

    /** The answers that can be under way in a scenario. */
    int underWay(Scenario scenario) {
        return connections(scenario) * scenario.shape().depth();
    }

    /** Loads a server for so many seconds. */
    Load run(int port, Scenario scenario, int seconds) throws InterruptedException {
        return run(port, scenario, seconds, List.of());
    }

    /** The same with more arguments for the script. */
    Load run(int port, Scenario scenario, int seconds, List<String> arguments)
            throws InterruptedException {
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of(
                        "wrk",
                        "-t" + threads,
                        "-c" + connections(scenario),
                        "-d" + seconds + "s",
                        "--timeout",
                        TIMEOUT,
                        "-s",
                        script.toString(),
                        "http://127.0.0.1:" + port + scenario.work().target(),
                        "--"));
        command.addAll(arguments(scenario));
        command.addAll(arguments);
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            if (!process.waitFor(seconds + GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new BenchmarkException("wrk did not end in time: " + command);
            }
            if (process.exitValue() != 0) {
                throw new BenchmarkException(
                        "wrk ended with status "
                                + process.exitValue()
                                + ": "
                                + Files.readString(log).strip());
            }
            return Load.parse(Files.readString(log));
        } catch (IOException e) {
            throw new BenchmarkException("wrk cannot be run: " + e.getMessage(), e);
        }
    }

    private static List<String> arguments(Scenario scenario) {
        List<String> arguments = new ArrayList<>();
        Shape shape = scenario.shape();
        arguments.add("depth=" + shape.depth());
        if (shape.pauseMillis() > 0) {
            arguments.add("pause=" + shape.pauseMillis());
        }
        if (scenario.coding() != Coding.IDENTITY) {
            arguments.add("coding=" + scenario.coding().label());
        }
        if (scenario.work() == Work.ECHO) {
            arguments.add("post=" + Work.ECHO.content().length);
        }
        return arguments;
    }
}
