package dev.pounce.bench;

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
import java.util.List;
import java.util.concurrent.Callable;

/**
 * The command line that tells where the CPU time of a server goes, behind {@code benchmarks/run
 * profile}. Exit status: 0 done, 1 it could not be done, 2 wrong usage.
 */
@Command(
        name = "benchmarks/run profile",
        description = "Tells where the CPU time of a server goes under a load.",
        sortOptions = false)
public final class Profile implements Callable<Integer> {

    private static final int FRAMES = 12;

    @Option(
            names = "--server",
            paramLabel = "NAME",
            description = "The server (default: Pounce's that has the answer).")
    private String name = "";

    @Option(
            names = "--scenario",
            split = ",",
            paramLabel = "NAME",
            description = "The loads (default: ${DEFAULT-VALUE}).",
            defaultValue = "kept-alive,servlet,chunks-zstd")
    private List<String> scenarios = new ArrayList<>();

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            description = "Seconds of each (default: ${DEFAULT-VALUE}).",
            defaultValue = "10")
    private int seconds;

    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            description = "Load before that (default: ${DEFAULT-VALUE}).",
            defaultValue = "10")
    private int warmup;

    @Option(names = "--help", usageHelp = true, description = "Shows this and ends.")
    @SuppressWarnings("unused") // picocli reads it
    private boolean help;

    private final ModuleFiles files =
            new ModuleFiles(Path.of(System.getProperty("bench.module", "benchmarks")));

    private Profile() {}

    /** Runs the command line. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Profile());
        line.setExecutionExceptionHandler(
                (exception, command, parsed) -> {
                    if (exception instanceof BenchmarkException) {
                        command.getErr()
                                .println("benchmarks/run profile: " + exception.getMessage());
                        return 1;
                    }
                    throw exception;
                });
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Wrk.requireInstalled();
        Files.createDirectories(files.output());
        Profiler profiler = Profiler.unpack(files.output());
        StringBuilder report = new StringBuilder();
        List<String> facts = new ArrayList<>(Machine.facts());
        facts.add("Commit: " + System.getProperty("bench.commit", "unknown"));
        facts.add("Command: `" + System.getProperty("bench.command", "") + "`");
        report.append(Report.facts(facts));
        Selection selection;
        try {
            selection = Selection.of(scenarios, List.of());
        } catch (IllegalArgumentException e) {
            throw new BenchmarkException(String.valueOf(e.getMessage()), e);
        }
        for (Scenario scenario : selection.scenarios()) {
            report.append(measure(scenario, profiler));
        }
        Path file = files.output().resolve("profile.md");
        Files.writeString(file, report);
        System.out.printf("%n%s%nThis is in %s too, flame graphs beside it.%n", report, file);
        return 0;
    }

    private String measure(Scenario scenario, Profiler profiler)
            throws IOException, InterruptedException {
        Peer peer = peer(scenario);
        Wrk client =
                new Wrk(
                        files.wrkScript(),
                        files.output().resolve("wrk.log"),
                        Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                        64);
        try (ServerProcess server = ServerProcess.start(peer, files.output(), Purpose.LOAD)) {
            AnswerCheck.check(server.name(), server.port(), scenario);
            client.run(server.port(), scenario, warmup);
            profiler.start(server.pid());
            client.run(server.port(), scenario, seconds);
            String flames = "flames-" + scenario + "-" + peer.name() + ".html";
            Stacks stacks =
                    profiler.stop(
                            server.pid(),
                            files.output().resolve("stacks.txt"),
                            files.output().resolve(flames));
            return "\n**"
                    + scenario
                    + "**, "
                    + peer.description()
                    + "\n\n"
                    + stacks.owners()
                    + "\n"
                    + stacks.frames(FRAMES);
        }
    }

    private Peer peer(Scenario scenario) {
        return Peers.all(files, List.of()).stream()
                .filter(
                        peer ->
                                name.isEmpty()
                                        ? peer.name().startsWith("pounce")
                                        : peer.name().equals(name))
                .filter(peer -> scenario.workOf(peer).isPresent())
                .findFirst()
                .orElseThrow(
                        () ->
                                new BenchmarkException(
                                        "no server '" + name + "' that answers " + scenario));
    }
}
