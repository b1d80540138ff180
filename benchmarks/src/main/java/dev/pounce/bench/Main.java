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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The command line of the comparison, behind {@code benchmarks/run}. Exit status: 0 done, 1 it
 * could not be done, 2 wrong usage.
 */
@Command(
        name = "benchmarks/run",
        description = "Compares servers by their CPU time per request.",
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
            description = "What the clients do (default: ${DEFAULT-VALUE}).",
            defaultValue = "kept-alive,pipelined")
    private List<Scenario> scenarios = new ArrayList<>();

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
            description = "Connections kept open, up to 10000 (default: ${DEFAULT-VALUE}).",
            defaultValue = "64")
    private int connections;

    @Option(
            names = "--client-threads",
            paramLabel = "N",
            description = "Threads of wrk, 1 to 64 (default: half of the cores).")
    private int clientThreads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    @Option(names = "--list", description = "Lists the servers and ends.")
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
        line.registerConverter(Scenario.class, Main::scenario);
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

    private static Scenario scenario(String label) {
        for (Scenario scenario : Scenario.values()) {
            if (scenario.label().equals(label)) {
                return scenario;
            }
        }
        throw new CommandLine.TypeConversionException("there is no scenario '" + label + "'");
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            Peers.all(files).forEach(Main::print);
            return 0;
        }
        checkRange("--rounds", rounds, 1, 1000);
        checkRange("--seconds", seconds, 1, 600);
        checkRange("--warmup", warmup, 0, 600);
        checkRange("--client-threads", clientThreads, 1, 64);
        checkRange("--connections", connections, clientThreads, 10_000);
        List<Peer> peers = peers();
        Wrk.requireInstalled();
        Files.createDirectories(files.output());
        compare(peers);
        return 0;
    }

    private void compare(List<Peer> peers) throws IOException, InterruptedException {
        List<String> facts = new ArrayList<>(Machine.facts());
        facts.add("Commit: " + System.getProperty("bench.commit", "unknown"));
        facts.add("Command: `" + System.getProperty("bench.command", "benchmarks/run") + "`");
        Plan plan = new Plan(scenarios, rounds, seconds, warmup);
        Wrk client =
                new Wrk(
                        files.wrkScript(),
                        files.output().resolve("wrk.log"),
                        clientThreads,
                        connections);
        System.out.printf("This takes %d s.%n", plan.duration(peers.size()).toSeconds());
        double busyBefore = MachineLoad.measure();
        Map<String, String> descriptions = new LinkedHashMap<>();
        List<ServerProcess> running = new ArrayList<>();
        try {
            for (Peer peer : peers) {
                descriptions.put(peer.name(), peer.description());
                running.add(ServerProcess.start(peer, files.output()));
            }
            Comparison comparison =
                    new Comparison(plan, client, CpuTime.ofThisMachine(), System.out);
            Map<Scenario, Map<String, List<Sample>>> results = comparison.run(running);
            facts.add(MachineLoad.describe(busyBefore, MachineLoad.measure()));
            String report = Report.of(facts, descriptions, results);
            Path file = files.output().resolve("results.md");
            Files.writeString(file, report);
            System.out.printf("%n%s%nThis is in %s too.%n", report, file);
        } finally {
            running.forEach(ServerProcess::close);
        }
    }

    /** The servers asked for, each of which must be able to run; or all that can. */
    private List<Peer> peers() {
        List<Peer> all = Peers.all(files);
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
        System.out.printf("%-8s %s%s%n", peer.name(), peer.description(), obstacle);
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
