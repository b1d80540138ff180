package dev.pounce.bench;

import dev.pounce.bench.peer.Peer;
import dev.pounce.bench.peer.Purpose;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;

/** A running server. It ends with this process in any case: its standard input ends then. */
final class ServerProcess implements AutoCloseable {

    private static final int START_SECONDS = 30;
    private static final int STOP_SECONDS = 5;

    private final Peer peer;
    private final Path log;
    private final Process process;
    private final int port;

    private ServerProcess(Peer peer, Path log, Process process, int port) {
        this.peer = peer;
        this.log = log;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a server and waits until it listens.
     *
     * @param logs the directory for what it writes to its standard error
     * @param purpose what it is started for
     * @throws BenchmarkException when it does not come up, with the end of its log
     */
    static ServerProcess start(Peer peer, Path logs, Purpose purpose) throws InterruptedException {
        Path log = logs.resolve(peer.name() + ".log");
        Process process;
        try {
            Files.createDirectories(logs);
            process = new ProcessBuilder(peer.command(purpose)).redirectError(log.toFile()).start();
        } catch (IOException e) {
            throw new BenchmarkException(peer.name() + " cannot be started: " + e.getMessage(), e);
        }
        String line = firstLine(process);
        Matcher greeting = peer.greeting().matcher(line);
        if (greeting.matches()) {
            int port = Integer.parseInt(greeting.group(1));
            return new ServerProcess(peer, log, process, port);
        }
        process.destroyForcibly();
        throw new BenchmarkException(
                peer.name()
                        + " did not come up within "
                        + START_SECONDS
                        + " s (it wrote '"
                        + line
                        + "'); its log, "
                        + log
                        + ", ends with:\n"
                        + tail(log));
    }

    /** The first line of its output, or an empty one when none came in time. */
    private static String firstLine(Process process) {
        BufferedReader reader = process.inputReader();
        try {
            return CompletableFuture.supplyAsync(() -> readLine(reader), Thread::startVirtualThread)
                    .completeOnTimeout("", START_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            return "";
        }
    }

    private static String readLine(BufferedReader reader) {
        try {
            String line = reader.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tail(Path log) {
        try {
            String text = Files.readString(log);
            return text.substring(Math.max(0, text.length() - 2000));
        } catch (IOException e) {
            return "(unreadable: " + e.getMessage() + ")";
        }
    }

    long pid() {
        return process.pid();
    }

    String name() {
        return peer.name();
    }

    String description() {
        return peer.description();
    }

    int port() {
        return port;
    }

    /**
     * The CPU time that it has used, in microseconds.
     *
     * @throws BenchmarkException when it has ended
     */
    double cpuMicros(CpuTime cpuTime) {
        if (!process.isAlive()) {
            throw new BenchmarkException(
                    name()
                            + " has ended by itself; its log, "
                            + log
                            + ", ends with:\n"
                            + tail(log));
        }
        return cpuTime.of(process.pid());
    }

    /** Asks it to end, then ends it. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.destroy();
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            // Its end of the pipe is gone, and what is left of it goes the hard way.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
