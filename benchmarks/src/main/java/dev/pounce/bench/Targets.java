package dev.pounce.bench;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * The command line that looks at several runs together, behind {@code benchmarks/run targets}. Exit
 * status: 0 done, 1 it could not be done, 2 wrong usage.
 */
@Command(
        name = "benchmarks/run targets",
        description = {
            "Relates Pounce to its targets over several runs.",
            "Each FILE has the figures of a run (results.tsv); what was measured by further"
                    + " commands in the same run is joined to it by commas."
        },
        sortOptions = false)
public final class Targets implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE[,FILE]", description = "Figures of runs.")
    private List<String> runs = new ArrayList<>();

    @Option(
            names = "--chart",
            paramLabel = "FILE",
            description = "Draws the ratios into this SVG as well.")
    private @Nullable Path chart;

    @Option(names = "--help", usageHelp = true, description = "Shows this and ends.")
    @SuppressWarnings("unused") // picocli reads it
    private boolean help;

    private Targets() {}

    /** Runs the command line. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Targets());
        line.setExecutionExceptionHandler(
                (exception, command, parsed) -> {
                    if (exception instanceof BenchmarkException) {
                        command.getErr()
                                .println("benchmarks/run targets: " + exception.getMessage());
                        return 1;
                    }
                    throw exception;
                });
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() throws IOException {
        List<Findings> all = new ArrayList<>();
        for (String run : runs) {
            Findings joined = new Findings();
            for (String file : run.split(",")) {
                joined = joined.and(Findings.read(Path.of(file)));
            }
            all.add(joined);
        }
        TargetTable table = new TargetTable(all);
        System.out.println(table.markdown());
        Path file = chart;
        if (file != null) {
            Files.writeString(file, RatioChart.svg(table.standings()));
        }
        return 0;
    }
}
