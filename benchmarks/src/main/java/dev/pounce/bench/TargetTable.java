package dev.pounce.bench;

import dev.pounce.bench.Target.Result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** How this server stands to its targets in several runs, as Markdown. */
final class TargetTable {

    private final List<Findings> runs;

    TargetTable(List<Findings> runs) {
        this.runs = runs;
    }

    /**
     * How a target stands over the runs.
     *
     * @param target which
     * @param results for each run that measured it, at least one
     */
    record Standing(Target target, List<Result> results) {

        /** The ratio over the runs. */
        Spread ratio() {
            return Spread.of(results.stream().mapToDouble(Result::ratio).toArray());
        }

        /** The largest ratio of sizes. */
        double sizeRatio() {
            return results.stream().mapToDouble(Result::sizeRatio).max().orElse(0);
        }

        /**
         * Whether it is met; where it was in one of the runs and not in the middle one, the
         * difference is within the spread.
         */
        String verdict() {
            if (target.sizeFactor() > 0 && sizeRatio() > target.sizeFactor()) {
                return "missed: too large";
            }
            if (ratio().median() <= target.factor()) {
                return "met";
            }
            return ratio().min() <= target.factor() ? "within the spread" : "missed";
        }
    }

    /** Where each target stands that was measured. */
    List<Standing> standings() {
        List<Standing> standings = new ArrayList<>();
        for (Target target : Target.values()) {
            List<Result> results = runs.stream().map(target::in).flatMap(Optional::stream).toList();
            if (!results.isEmpty()) {
                standings.add(new Standing(target, results));
            }
        }
        return standings;
    }

    /** The table. */
    String markdown() {
        List<List<String>> rows = new ArrayList<>();
        List<String> headings = new ArrayList<>(List.of("row", "target", "Pounce", "the other"));
        for (int run = 1; run <= runs.size(); run++) {
            headings.add("ratio " + run);
        }
        headings.addAll(List.of("size", "verdict"));
        rows.add(headings);
        for (Standing standing : standings()) {
            rows.add(row(standing));
        }
        return MarkdownTable.of(rows);
    }

    private List<String> row(Standing standing) {
        Target target = standing.target();
        Measure measure = target.measure();
        Result middle = middle(standing);
        List<String> row = new ArrayList<>();
        row.add(target.row() + ", " + measure.unit());
        row.add(target.words());
        row.add(describe(measure, middle.ours().figure()));
        row.add(
                middle.rival()
                        .map(
                                rival ->
                                        rival.description()
                                                + ": "
                                                + describe(measure, rival.figure()))
                        .orElse("-"));
        for (Findings run : runs) {
            row.add(target.in(run).map(result -> ratio(result.ratio())).orElse("-"));
        }
        row.add(
                standing.sizeRatio() == 0
                        ? "-"
                        : String.format(Locale.ROOT, "%.3f", standing.sizeRatio()));
        row.add(standing.verdict());
        return row;
    }

    /** The run in the middle by its ratio; of two the dearer one. */
    private static Result middle(Standing standing) {
        List<Result> sorted = new ArrayList<>(standing.results());
        sorted.sort((one, other) -> Double.compare(one.ratio(), other.ratio()));
        return Objects.requireNonNull(sorted.get(sorted.size() / 2));
    }

    private static String describe(Measure measure, Spread figure) {
        String median = measure.format(figure.median());
        return figure.min() == figure.max()
                ? median
                : median
                        + " ("
                        + measure.format(figure.min())
                        + " to "
                        + measure.format(figure.max())
                        + ")";
    }

    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }
}
