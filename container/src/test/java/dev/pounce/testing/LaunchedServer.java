package dev.pounce.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A launcher in a process of its own, on a free loopback port. */
public final class LaunchedServer implements AutoCloseable {
    /** Takes back that a signal is ignored, which a process inherits; it becomes the server. */
    private static final List<String> LISTENING = List.of("env", "--default-signal=HUP,INT");

    private static final boolean CAN_LISTEN = canListen();

    private final Process process;

    /** Of a server that is given no other one; it leaves at most a folder there. */
    private final Path base;

    /**
     * @param main the class that is started
     * @param options of its JVM
     */
    public LaunchedServer(Class<?> main, Path webapps, String... options) throws IOException {
        this(main, webapps, List.of(), options);
    }

    /**
     * @param flags of the launcher
     */
    public LaunchedServer(Class<?> main, Path webapps, List<String> flags, String... options)
            throws IOException {
        this(main, webapps, flags, Map.of(), options);
    }

    /**
     * @param variables the POUNCE_ variables of its environment
     */
    public LaunchedServer(
            Class<?> main,
            Path webapps,
            List<String> flags,
            Map<String, String> variables,
            String... options)
            throws IOException {
        List<String> command = new ArrayList<>(CAN_LISTEN ? LISTENING : List.of());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // it runs for a short time; the options that follow win
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of("run", "--host=127.0.0.1", "--port=0", "--webapps=" + webapps));
        command.addAll(flags);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("POUNCE_"));
        base = Files.createTempDirectory("pounce-base-");
        builder.environment().put("POUNCE_BASE", base.toString());
        // tests write webapps, and nothing else does, before they start it
        builder.environment().put("POUNCE_DEPLOYMENT_QUIET", "0ms");
        builder.environment().putAll(variables);
        process = builder.start();
    }

    /** Whether there is an {@code env} of GNU's coreutils 8.31 or later. */
    private static boolean canListen() {
        List<String> command = new ArrayList<>(LISTENING);
        command.add("true");
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The process. */
    public Process process() {
        return process;
    }

    /**
     * Sends a signal, for instance TERM.
     *
     * @throws IOException when the process ignores it and would never answer: a job that a script
     *     starts in the background inherits that for INT, what nohup starts for HUP, and so does
     *     every process of theirs
     */
    public void send(String signal) throws IOException, InterruptedException {
        int number = List.of("HUP", "INT").indexOf(signal);
        if (number >= 0 && ignores(number)) {
            throw new IOException(
                    "SIG" + signal + " is ignored here: run the tests in the foreground");
        }
        Process kill =
                new ProcessBuilder("kill", "-s", signal, Long.toString(process.pid()))
                        .inheritIO()
                        .start();
        if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException("the signal was not sent");
        }
    }

    /** As Linux says it: a mask in which bit 0 stands for SIGHUP and bit 1 for SIGINT. */
    private boolean ignores(int bit) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return false;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("SigIgn:")) {
                return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1L << bit) != 0;
            }
        }
        return false;
    }

    /** Waits until it says where it serves, and takes the port from that. */
    public int awaitPort() throws IOException {
        String banner = process.inputReader().readLine();
        if (banner == null) {
            throw new IOException("the server ended before it served");
        }
        return Integer.parseInt(banner.replaceFirst(".*:(\\d+)/?: .*", "$1"));
    }

    /** Ends the process if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            try (Stream<Path> left = Files.walk(base)) {
                for (Path each : left.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
