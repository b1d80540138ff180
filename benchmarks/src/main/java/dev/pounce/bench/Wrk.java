package dev.pounce.bench;

import dev.pounce.bench.peer.Programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The client, a process of its own; what it costs does not count.
 *
 * @param script the script that makes the load
 * @param log the file for its output
 * @param threads its threads
 * @param connections the connections that it keeps open, at least one per thread
 */
record Wrk(Path script, Path log, int threads, int connections) {

    /** After a round with long stalls wrk computes its statistics for a while. */
    private static final int GRACE_SECONDS = 60;

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

    /** Loads a server for so many seconds. */
    Load run(int port, Scenario scenario, int seconds) throws InterruptedException {
        List<String> command =
                List.of(
                        "wrk",
                        "-t" + threads,
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "-s",
                        script.toString(),
                        "http://127.0.0.1:" + port + AnswerCheck.TARGET,
                        "--",
                        Integer.toString(scenario.depth()));
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
}
