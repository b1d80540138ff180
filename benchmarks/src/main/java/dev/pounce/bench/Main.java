package dev.pounce.bench;

import dev.pounce.bench.peer.ModuleFiles;
import dev.pounce.bench.peer.Peer;
import dev.pounce.bench.peer.Peers;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The command line of the comparison, behind {@code benchmarks/run}. Exit status: 0 done, 1 it
 * could not be done, 2 wrong usage.
 */
@Command(
        name = "benchmarks/run",
        description = "Compares servers: CPU time per request, delay of events, memory.",
        sortOptions = false)
public final class Main implements Callable<Integer> {

    @Option(
            names = "--servers",
            split = ",",
            paramLabel = "NAME",
            description = "The servers, the one to relate to first (default: all that can run).")
    private List<String> servers = new ArrayList<>();

    @Option(
            names = "--scenario",
            split = ",",
            paramLabel = "NAME",
            description = "What is measured; --list has the names (default: the group fused).")
    private List<String> scenarios = new ArrayList<>();

    @Option(
            names = "--group",
            split = ",",
            paramLabel = "NAME",
            description = "Groups of scenarios, or all.")
    private List<String> groups = new ArrayList<>();

    @Option(
            names = "--java-options",
            paramLabel = "OPTIONS",
            description = "More options for the JVMs of all servers, such as -XX:+UseParallelGC.")
    private String javaOptions = "";

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Rounds, 1 to 1000 (default: ${DEFAULT-VALUE}).",
            defaultValue = "7")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            description = "Seconds of each, 1 to 600 (default: ${DEFAULT-VALUE}).",
            defaultValue = "3")
    private int seconds;

    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            description = "Load before the first round, 0 to 600 (default: ${DEFAULT-VALUE}).",
            defaultValue = "10")
    private int warmup;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description =
                    "Connections kept open, up to 10000, where the scenario says nothing else"
                            + " (default: ${DEFAULT-VALUE}).",
            defaultValue = "64")
    private int connections;

    @Option(
            names = "--client-threads",
            paramLabel = "N",
            description = "Threads of wrk, 1 to 16 (default: half of the cores).")
    private int clientThreads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    @Option(
            names = "--strace",
            description = "Counts also with strace how often flushed chunks are sent.")
    private boolean strace;

    @Option(names = "--list", description = "Lists the servers and the scenarios and ends.")
    private boolean list;

    @Option(names = "--help", usageHelp = true, description = "Shows this and ends.")
    @SuppressWarnings("unused") // picocli reads it
    private boolean help;

    @Spec private @Nullable CommandSpec spec;

    private final ModuleFiles files =
            new ModuleFiles(Path.of(System.getProperty("bench.module", "benchmarks")));

    private Main() {}

    /** Runs the command line. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler(
                (exception, command, parsed) -> {
                    if (exception instanceof BenchmarkException) {
                        command.getErr().println("benchmarks/run: " + exception.getMessage());
                        return 1;
                    }
                    throw exception;
                });
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            allPeers().forEach(Main::print);
            Arrays.stream(Group.values()).forEach(Main::print);
            return 0;
        }
        checkRange("--rounds", rounds, 1, 1000);
        checkRange("--seconds", seconds, 1, 600);
        checkRange("--warmup", warmup, 0, 600);
        checkRange("--client-threads", clientThreads, 1, 16);
        checkRange("--connections", connections, clientThreads, 10_000);
        Selection selection = selection();
        List<Peer> peers = peers();
        Wrk.requireInstalled();
        if (strace) {
            SendCalls.requireInstalled();
        }
        Files.createDirectories(files.output());
        measure(selection, peers);
        return 0;
    }

    private Selection selection() {
        try {
            return Selection.of(scenarios, groups);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private void measure(Selection selection, List<Peer> peers)
            throws IOException, InterruptedException {
        List<String> facts = new ArrayList<>(Machine.facts());
        facts.add("Commit: " + System.getProperty("bench.commit", "unknown"));
        facts.add("Command: `" + System.getProperty("bench.command", "benchmarks/run") + "`");
        Plan plan = new Plan(rounds, seconds, warmup, strace);
        Wrk client =
                new Wrk(
                        files.wrkScript(),
                        files.output().resolve("wrk.log"),
                        clientThreads,
                        connections);
        long duration = plan.duration(selection.measurements(peers)).toSeconds();
        System.out.printf("This takes about %d min %d s.%n", duration / 60, duration % 60);
        double busyBefore = MachineLoad.measure();
        Measurement measurement = new Measurement(plan, files, client, System.out);
        String tables = measurement.run(selection, peers);
        facts.add(MachineLoad.describe(busyBefore, MachineLoad.measure()));
        String report = Report.facts(facts) + tables;
        Path file = files.output().resolve("results.md");
        Files.writeString(file, report);
        Path figures = files.output().resolve("results.tsv");
        measurement.findings().write(figures);
        System.out.printf(
                "%n%s%nThis is in %s too, its figures for benchmarks/run targets in %s.%n",
                report, file, figures);
    }

    private List<Peer> allPeers() {
        return Peers.all(
                files,
                Arrays.stream(javaOptions.split(" ")).filter(option -> !option.isEmpty()).toList());
    }

    /** The servers asked for, each of which must be able to run; or all that can. */
    private List<Peer> peers() {
        List<Peer> all = allPeers();
        List<Peer> chosen = new ArrayList<>();
        for (String name : new LinkedHashSet<>(servers)) {
            Peer peer =
                    all.stream()
                            .filter(candidate -> candidate.name().equals(name))
                            .findFirst()
                            .orElseThrow(() -> usage("there is no server '" + name + "'"));
            peer.obstacle()
                    .ifPresent(
                            obstacle -> {
                                throw new BenchmarkException(name + " cannot run: " + obstacle);
                            });
            chosen.add(peer);
        }
        return chosen.isEmpty() ? runnable(all) : chosen;
    }

    private static List<Peer> runnable(List<Peer> all) {
        List<Peer> runnable = new ArrayList<>();
        for (Peer peer : all) {
            Optional<String> obstacle = peer.obstacle();
            if (obstacle.isEmpty()) {
                runnable.add(peer);
            } else {
                System.out.println("Without " + peer.name() + ": " + obstacle.get() + ".");
            }
        }
        return runnable;
    }

    private static void print(Peer peer) {
        String obstacle = peer.obstacle().map(reason -> " (cannot run: " + reason + ")").orElse("");
        System.out.printf("%-18s %s%s%n", peer.name(), peer.description(), obstacle);
    }

    private static void print(Group group) {
        System.out.printf(
                "%n%s: %s%n    %s%n",
                group.label(), group.description(), String.join(" ", Selection.namesOf(group)));
    }

    private void checkRange(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw usage(option + " is " + value + " and must be from " + min + " to " + max);
        }
    }

    private ParameterException usage(String message) {
        CommandSpec known = spec;
        if (known == null) {
            throw new IllegalStateException(message);
        }
        return new ParameterException(known.commandLine(), "benchmarks/run: " + message);
    }
}
