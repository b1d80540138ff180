package dev.pounce.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The results of {@link Comparison} as Markdown, to be read as it is or pasted. */
final class Report {

    private static final List<String> HEADINGS =
            List.of(
                    "server",
                    "CPU µs/request",
                    "min to max",
                    "relative",
                    "bytes",
                    "requests/s",
                    "p50 ms",
                    "p99 ms");

    private static final List<String> SUMMARY =
            List.of(
                    "scenario",
                    "Pounce µs",
                    "min to max",
                    "best other",
                    "its µs",
                    "min to max",
                    "ratio",
                    "ratio of bytes",
                    "ratio to C");

    private static final String OURS = "pounce";
    private static final String YARDSTICK = "c";

    private Report() {}

    /** Lines about machine and command. */
    static String facts(List<String> facts) {
        StringBuilder list = new StringBuilder();
        facts.forEach(fact -> list.append("- ").append(fact).append('\n'));
        return list.toString();
    }

    /** The table of a scenario; the first server is what "relative" relates to. */
    static String table(Scenario scenario, List<Figures> servers) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (Figures server : servers) {
            Spread cpu = server.spread(Sample::cpuMicros);
            boolean timed = scenario.shape().depth() == 1;
            rows.add(
                    List.of(
                            server.description(),
                            format("%,.2f", cpu.median()),
                            range(cpu),
                            format("%.2f", cpu.median() / servers.getFirst().cpu()),
                            format("%,d", server.size().bytes()),
                            format("%,.0f", server.spread(Sample::throughput).median()),
                            timed ? millis(server.spread(Sample::p50Millis)) : "-",
                            timed ? millis(server.spread(Sample::p99Millis)) : "-"));
        }
        return scenario.title() + "\n\n" + MarkdownTable.of(rows);
    }

    /**
     * A line for each scenario in which Pounce met others: its CPU time and size relative to those
     * of the server with the least CPU time. C is no such server but has a ratio of its own.
     */
    static String summary(Map<Scenario, List<Figures>> results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(SUMMARY);
        results.forEach(
                (scenario, servers) -> {
                    Optional<Figures> ours = servers.stream().filter(Report::isOurs).findFirst();
                    Optional<Figures> best =
                            servers.stream()
                                    .filter(server -> !isOurs(server) && !isYardstick(server))
                                    .min(Comparator.comparingDouble(Figures::cpu));
                    if (ours.isPresent() && best.isPresent()) {
                        rows.add(row(scenario, servers, ours.get(), best.get()));
                    }
                });
        return rows.size() == 1 ? "" : MarkdownTable.of(rows);
    }

    private static List<String> row(
            Scenario scenario, List<Figures> servers, Figures ours, Figures best) {
        Optional<Figures> yardstick = servers.stream().filter(Report::isYardstick).findFirst();
        return List.of(
                scenario.label(),
                format("%,.2f", ours.cpu()),
                range(ours.spread(Sample::cpuMicros)),
                best.description(),
                format("%,.2f", best.cpu()),
                range(best.spread(Sample::cpuMicros)),
                format("%.2f", ours.cpu() / best.cpu()),
                format("%.3f", (double) ours.size().bytes() / best.size().bytes()),
                yardstick.map(c -> format("%.2f", ours.cpu() / c.cpu())).orElse("-"));
    }

    private static boolean isOurs(Figures figures) {
        return figures.server().startsWith(OURS);
    }

    private static boolean isYardstick(Figures figures) {
        return figures.server().equals(YARDSTICK);
    }

    private static String range(Spread spread) {
        return format("%,.2f to %,.2f", spread.min(), spread.max());
    }

    private static String millis(Spread spread) {
        return format("%.2f", spread.median());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
