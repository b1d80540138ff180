package dev.pounce.bench;

import dev.pounce.bench.NeighbourComparison.Round;
import dev.pounce.bench.peer.ModuleFiles;
import dev.pounce.bench.peer.Peer;
import dev.pounce.bench.peer.Peers;
import dev.pounce.bench.peer.Purpose;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/**
 * What becomes of short answers beside requests that each use 20 ms of CPU time; the command line
 * behind {@code benchmarks/slow-neighbours}. Exit status: 0 done, 1 it could not be done, 2 wrong
 * usage.
 */
@Command(
        name = "benchmarks/slow-neighbours",
        description = "Measures 13-byte answers beside connections that each burn 20 ms a request.",
        sortOptions = false)
public final class SlowNeighbours implements Callable<Integer> {

    private static final List<String> HEADINGS =
            List.of(
                    "server",
                    "requests/s",
                    "min to max",
                    "p50 ms",
                    "p99 ms",
                    "CPU µs/request",
                    "slow/s",
                    "failed");

    @Option(
            names = "--servers",
            split = ",",
            paramLabel = "NAME",
            description = "Only these; --list has the names.")
    private List<String> servers = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "A setting of every Pounce; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--compare",
            paramLabel = "PATH=VALUE",
            description =
                    "A Pounce with this setting as well, in the place of the one without; may be"
                            + " repeated: with two of them both are compared.")
    private List<String> variants = new ArrayList<>();

    @Option(
            names = "--neighbours",
            split = ",",
            paramLabel = "N",
            description =
                    "Connections with slow requests, one measurement after the other"
                            + " (default: ${DEFAULT-VALUE}).",
            defaultValue = "0,4")
    private List<Integer> neighbours = new ArrayList<>();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Rounds (default: ${DEFAULT-VALUE}).",
            defaultValue = "5")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            description = "Seconds of each (default: ${DEFAULT-VALUE}).",
            defaultValue = "3")
    private int seconds;

    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            description = "Load before the first round (default: ${DEFAULT-VALUE}).",
            defaultValue = "5")
    private int warmup;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "Connections that ask for short answers (default: ${DEFAULT-VALUE}).",
            defaultValue = "64")
    private int connections;

    @Option(names = "--list", description = "Lists the servers and ends.")
    private boolean list;

    @Option(names = "--help", usageHelp = true, description = "Shows this and ends.")
    @SuppressWarnings("unused") // picocli reads it
    private boolean help;

    private final ModuleFiles files =
            new ModuleFiles(Path.of(System.getProperty("bench.module", "benchmarks")));

    private SlowNeighbours() {}

    /** Runs the command line. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new SlowNeighbours());
        line.setExecutionExceptionHandler(
                (exception, command, parsed) -> {
                    if (exception instanceof BenchmarkException) {
                        command.getErr()
                                .println("benchmarks/slow-neighbours: " + exception.getMessage());
                        return 1;
                    }
                    throw exception;
                });
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Peer> peers = peers();
        if (list) {
            peers.forEach(peer -> System.out.println(peer.name() + "  " + peer.description()));
            return 0;
        }
        Wrk.requireInstalled();
        Files.createDirectories(files.output());
        List<String> facts = new ArrayList<>(Machine.facts());
        facts.add("Commit: " + System.getProperty("bench.commit", "unknown"));
        facts.add("Command: `" + System.getProperty("bench.command", "") + "`");
        Wrk client = new Wrk(files.wrkScript(), files.output().resolve("wrk.log"), 1, connections);
        double busyBefore = MachineLoad.measure();
        List<ServerProcess> running = new ArrayList<>();
        try {
            Map<String, String> descriptions = new LinkedHashMap<>();
            for (Peer peer : peers) {
                descriptions.put(peer.name(), peer.description());
                running.add(ServerProcess.start(peer, files.output(), Purpose.LOAD));
            }
            NeighbourComparison comparison =
                    new NeighbourComparison(
                            rounds, seconds, warmup, client, CpuTime.ofThisMachine(), System.out);
            Map<Integer, Map<String, List<Round>>> results = comparison.run(running, neighbours);
            facts.add(MachineLoad.describe(busyBefore, MachineLoad.measure()));
            String report = report(facts, descriptions, results);
            Path file = files.output().resolve("slow-neighbours.md");
            Files.writeString(file, report);
            Path figures = files.output().resolve("slow-neighbours.tsv");
            findings(descriptions, results).write(figures);
            System.out.printf(
                    "%n%s%nThis is in %s too, its figures for benchmarks/run targets in %s.%n",
                    report, file, figures);
        } finally {
            running.forEach(ServerProcess::close);
        }
        return 0;
    }

    private List<Peer> peers() {
        List<List<String>> pounces = new ArrayList<>();
        if (variants.isEmpty()) {
            pounces.add(settings);
        }
        for (String variant : variants) {
            List<String> all = new ArrayList<>(settings);
            all.add(variant);
            pounces.add(all);
        }
        List<Peer> all = Peers.besideSlowNeighbours(files, pounces);
        for (String name : servers) {
            if (all.stream().noneMatch(peer -> peer.name().equals(name))) {
                throw new BenchmarkException("there is no server '" + name + "'; see --list");
            }
        }
        return servers.isEmpty()
                ? all
                : all.stream().filter(peer -> servers.contains(peer.name())).toList();
    }

    /** The delays beside the most neighbours. */
    private static Findings findings(
            Map<String, String> descriptions, Map<Integer, Map<String, List<Round>>> results) {
        Findings findings = new Findings();
        int most = Collections.max(results.keySet());
        results.getOrDefault(most, Map.of())
                .forEach(
                        (server, rounds) ->
                                findings.add(
                                        "slow-neighbours",
                                        server,
                                        descriptions.getOrDefault(server, server),
                                        Measure.P99,
                                        Spread.of(
                                                rounds.stream()
                                                        .mapToDouble(
                                                                round -> round.sample().p99Millis())
                                                        .toArray())));
        return findings;
    }

    private static String report(
            List<String> facts,
            Map<String, String> descriptions,
            Map<Integer, Map<String, List<Round>>> results) {
        StringBuilder report = new StringBuilder();
        facts.forEach(fact -> report.append("- ").append(fact).append('\n'));
        results.forEach(
                (count, servers) -> {
                    report.append("\n**").append(count).append(" slow neighbours**\n\n");
                    report.append(MarkdownTable.of(rows(descriptions, servers)));
                });
        return report.toString();
    }

    private static List<List<String>> rows(
            Map<String, String> descriptions, Map<String, List<Round>> servers) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        servers.forEach(
                (name, rounds) -> {
                    Spread throughput = spread(rounds, round -> round.sample().throughput());
                    rows.add(
                            List.of(
                                    descriptions.getOrDefault(name, name),
                                    format("%,.0f", throughput.median()),
                                    format("%,.0f to %,.0f", throughput.min(), throughput.max()),
                                    median(rounds, round -> round.sample().p50Millis()),
                                    median(rounds, round -> round.sample().p99Millis()),
                                    median(rounds, round -> round.sample().cpuMicros()),
                                    format("%.0f", spread(rounds, Round::slow).median()),
                                    format("%d", rounds.stream().mapToLong(Round::failed).sum())));
                });
        return rows;
    }

    private static String median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        double value = spread(rounds, figure).median();
        // a server that gave no answer has no figure
        return Double.isFinite(value) ? format("%.2f", value) : "-";
    }

    private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).toArray());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
