package dev.pounce.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.pounce.bench.peer.Programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Counts with strace how often servers ask the kernel to send for an answer. */
final class SendCalls {

    private static final int END_SECONDS = 20;
    private static final Pattern TO_SOCKET = Pattern.compile("\\d+ +\\w+\\(\\d+<(socket|TCP).*");

    private SendCalls() {}

    /**
     * Makes sure that strace is there.
     *
     * @throws BenchmarkException saying how to install it
     */
    static void requireInstalled() {
        if (Programs.find("strace").isEmpty()) {
            throw new BenchmarkException("strace is not installed: apt-get install strace");
        }
    }

    /** A line for the report: how many calls each server needs for an answer. */
    static String describe(Scenario scenario, List<ServerProcess> servers, Path trace)
            throws InterruptedException {
        StringBuilder line = new StringBuilder("Sending calls for an answer (strace): ");
        for (ServerProcess server : servers) {
            line.append(server == servers.getFirst() ? "" : ", ").append(server.name());
            line.append(String.format(Locale.ROOT, " %.1f", count(scenario, server, trace)));
        }
        return line.append(".\n").toString();
    }

    private static double count(Scenario scenario, ServerProcess server, Path trace)
            throws InterruptedException {
        try {
            Process tracing =
                    new ProcessBuilder(
                                    "strace",
                                    "-f",
                                    "-y",
                                    "-e",
                                    "trace=write,writev,sendto,sendmsg,sendfile",
                                    "-o",
                                    trace.toString(),
                                    "-p",
                                    Long.toString(server.pid()))
                            .start();
            try (BufferedReader said = tracing.errorReader()) {
                String line = said.readLine();
                if (line == null || !line.contains("attached")) {
                    throw new BenchmarkException(
                            "strace cannot attach to " + server.name() + ": " + line);
                }
                AnswerCheck.check(server.name(), server.port(), scenario);
            } finally {
                tracing.destroy();
                tracing.waitFor(END_SECONDS, TimeUnit.SECONDS);
            }
            try (Stream<String> lines = Files.lines(trace, ISO_8859_1)) {
                long calls = lines.filter(line -> TO_SOCKET.matcher(line).matches()).count();
                return (double) calls / AnswerCheck.answers(scenario);
            }
        } catch (IOException e) {
            throw new BenchmarkException("strace cannot be run: " + e.getMessage(), e);
        }
    }
}
