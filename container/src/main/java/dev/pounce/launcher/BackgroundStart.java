package dev.pounce.launcher;

import dev.pounce.control.Answer;
import dev.pounce.process.PidFile;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts a server that goes on when the terminal, and this process, are gone. */
final class BackgroundStart {
    private static final long LOOK_MILLIS = 20;
    private static final long MAX_LOG = 32L << 20;
    private static final int SHOWN_BYTES = 16 << 10;
    private static final int SHOWN_LINES = 20;

    private final Environment environment;
    private final ServerProcess server;
    private final PrintStream out;
    private final PrintStream err;

    BackgroundStart(
            Environment environment, ServerProcess server, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.server = server;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts, and waits until the server serves or has ended.
     *
     * @param flags of {@code run}
     * @param directory where it is started, or null for this one
     * @param timeoutSeconds how long to wait
     * @return the exit status for it
     * @throws IOException when there can be no files for it, or no process
     */
    int start(List<String> flags, @Nullable Path directory, int timeoutSeconds)
            throws IOException, InterruptedException {
        sayWhatEnded();
        Path log = prepare();
        long logged = Files.exists(log) ? Files.size(log) : 0;
        ProcessBuilder builder = new ProcessBuilder(command(flags));
        if (directory != null && Files.isDirectory(directory)) {
            builder.directory(directory.toFile());
        }
        builder.environment().put(Environment.BACKGROUND, "1");
        builder.redirectInput(Redirect.from(new File("/dev/null")));
        builder.redirectErrorStream(true);
        builder.redirectOutput(Redirect.appendTo(log.toFile()));
        Process process = builder.start();
        return await(process, log, logged, timeoutSeconds);
    }

    private void sayWhatEnded() throws IOException {
        Optional<PidFile> ended = server.ended();
        if (ended.isPresent()) {
            err.println(
                    "pounce: the server before, process "
                            + ended.get().process().pid()
                            + ", has ended without stopping");
        }
    }

    private Path prepare() throws IOException {
        Path logs = server.base().resolve("logs");
        try {
            server.folder().create();
            Files.createDirectories(logs);
            Path log = logs.resolve("pounce.log");
            if (Files.exists(log) && Files.size(log) > MAX_LOG) {
                Files.move(log, logs.resolve("pounce.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            if (!Files.exists(log)) {
                Files.createFile(log);
            }
            return log;
        } catch (IOException e) {
            throw new IOException(
                    server.base()
                            + " cannot have the folders run and logs: "
                            + e
                            + "; POUNCE_BASE names a folder for a server's own files",
                    e);
        }
    }

    /** In a session of its own no terminal takes it along; where there is no setsid it does so. */
    private List<String> command(List<String> flags) {
        List<String> command = new ArrayList<>();
        String path = environment.variables().getOrDefault("PATH", "");
        for (String folder : path.split(File.pathSeparator)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, "setsid"))) {
                command.add(Path.of(folder, "setsid").toString());
                break;
            }
        }
        command.add(environment.home().toAbsolutePath().resolve("bin/pounce").toString());
        command.add("run");
        command.addAll(flags);
        return command;
    }

    private int await(Process process, Path log, long logged, int timeoutSeconds)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            Optional<PidFile> file = server.running();
            if (file.isPresent() && file.get().process().pid() == process.pid()) {
                @Nullable Answer serving = ask(file.get(), begin, timeoutSeconds);
                if (serving != null && serving.status() == 0) {
                    out.println(
                            serving.text().strip()
                                    + " (process "
                                    + process.pid()
                                    + ", log "
                                    + log
                                    + ")");
                    return ExitCode.OK;
                }
            }
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(timeoutSeconds)) {
                err.println(
                        "pounce: process "
                                + process.pid()
                                + " does not serve after "
                                + timeoutSeconds
                                + " s and goes on starting; the end of "
                                + log
                                + ":");
                err.print(end(log, logged));
                return ExitCode.FAILED;
            }
        }
        err.println(
                "pounce: the server has ended with status "
                        + process.exitValue()
                        + "; the end of "
                        + log
                        + ":");
        err.print(end(log, logged));
        return process.exitValue() == ExitCode.WRONG_USAGE ? ExitCode.WRONG_USAGE : ExitCode.FAILED;
    }

    /** It answers when it serves, which may take longer than one wants to wait. */
    private static @Nullable Answer ask(PidFile file, long begin, int timeoutSeconds)
            throws InterruptedException {
        AnswerWaiter waiter = new AnswerWaiter(file);
        return waiter.within(
                TimeUnit.SECONDS.toNanos(timeoutSeconds) - (System.nanoTime() - begin));
    }

    /** Waits for an answer on a thread that is left behind when time is over. */
    private static final class AnswerWaiter {
        private final Thread thread;
        private volatile @Nullable Answer answer;

        AnswerWaiter(PidFile file) {
            thread =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            answer = ServerProcess.ask(file, List.of("await"));
                                        } catch (IOException e) {
                                            answer = Answer.failed(e.toString());
                                        }
                                    });
        }

        @Nullable Answer within(long nanos) throws InterruptedException {
            thread.join(java.time.Duration.ofNanos(Math.max(1, nanos)));
            return answer;
        }
    }

    /** The last lines of what was logged since, at most. */
    private static String end(Path log, long since) throws IOException {
        byte[] bytes;
        try (var channel = Files.newByteChannel(log)) {
            long from = Math.max(Math.min(since, channel.size()), channel.size() - SHOWN_BYTES);
            channel.position(from);
            bytes = java.nio.channels.Channels.newInputStream(channel).readAllBytes();
        }
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
        StringBuilder text = new StringBuilder();
        last.forEach(line -> text.append("    ").append(line).append('\n'));
        return text.toString();
    }
}
