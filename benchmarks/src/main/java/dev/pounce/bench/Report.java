package dev.pounce.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The results as Markdown whose tables are aligned, to be read as they are or pasted. */
final class Report {

    private static final List<String> HEADINGS =
            List.of("server", "CPU µs/request", "min to max", "relative", "requests/s", "p99 ms");

    private Report() {}

    /**
     * The report of a run.
     *
     * @param facts lines about machine and command
     * @param descriptions what the servers are, by name
     * @param results for each scenario and server the samples; the first server is what "relative"
     *     relates to
     */
    static String of(
            List<String> facts,
            Map<String, String> descriptions,
            Map<Scenario, Map<String, List<Sample>>> results) {
        StringBuilder report = new StringBuilder();
        facts.forEach(fact -> report.append("- ").append(fact).append('\n'));
        results.forEach(
                (scenario, servers) -> {
                    report.append("\n**").append(scenario.label()).append("**");
                    report.append(", requests per write: ").append(scenario.depth()).append("\n\n");
                    report.append(MarkdownTable.of(rows(scenario, descriptions, servers)));
                });
        return report.toString();
    }

    private static List<List<String>> rows(
            Scenario scenario,
            Map<String, String> descriptions,
            Map<String, List<Sample>> servers) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        double reference = 0;
        for (Map.Entry<String, List<Sample>> server : servers.entrySet()) {
            List<Sample> samples = server.getValue();
            Spread cpu = spread(samples, Sample::cpuMicros);
            reference = reference == 0 ? cpu.median() : reference;
            rows.add(
                    List.of(
                            descriptions.getOrDefault(server.getKey(), server.getKey()),
                            format("%.2f", cpu.median()),
                            format("%.2f to %.2f", cpu.min(), cpu.max()),
                            format("%.2f", cpu.median() / reference),
                            format("%,.0f", spread(samples, Sample::throughput).median()),
                            p99(scenario, samples)));
        }
        return rows;
    }

    private static String p99(Scenario scenario, List<Sample> samples) {
        return scenario.depth() == 1
                ? format("%.2f", spread(samples, Sample::p99Millis).median())
                : "-";
    }

    private static Spread spread(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        return Spread.of(samples.stream().mapToDouble(figure).toArray());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
