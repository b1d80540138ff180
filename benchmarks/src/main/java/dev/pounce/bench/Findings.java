package dev.pounce.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The figures of a run, kept in a file so that several runs can be looked at together. A line of
 * the file has row, server, its description, measure, least, median and largest figure, with tabs
 * between them.
 */
final class Findings {

    private final List<Finding> all = new ArrayList<>();

    /**
     * One figure.
     *
     * @param row the scenario
     * @param server its name
     * @param description what it is
     * @param measure what the figure says
     * @param figure over the rounds
     */
    record Finding(String row, String server, String description, Measure measure, Spread figure) {

        private String line() {
            return String.join(
                    "\t",
                    row,
                    server,
                    description,
                    measure.name(),
                    Double.toString(figure.min()),
                    Double.toString(figure.median()),
                    Double.toString(figure.max()));
        }

        private static Finding parse(String line) {
            String[] parts = line.split("\t");
            if (parts.length != 7) {
                throw new IllegalArgumentException("not a line of figures: " + line);
            }
            return new Finding(
                    parts[0],
                    parts[1],
                    parts[2],
                    Measure.valueOf(parts[3]),
                    new Spread(
                            Double.parseDouble(parts[4]),
                            Double.parseDouble(parts[5]),
                            Double.parseDouble(parts[6])));
        }
    }

    void add(String row, String server, String description, Measure measure, Spread figure) {
        all.add(new Finding(row, server, description, measure, figure));
    }

    /** What the rounds of a scenario gave. */
    void add(Scenario scenario, List<Figures> servers) {
        for (Figures server : servers) {
            String row = scenario.label();
            String name = server.server();
            String description = server.description();
            add(row, name, description, Measure.CPU, server.spread(Sample::cpuMicros));
            add(row, name, description, Measure.BYTES, Spread.of(server.size().bytes()));
            if (scenario.shape().depth() == 1) {
                add(row, name, description, Measure.P99, server.spread(Sample::p99Millis));
            }
        }
    }

    /** All figures of a row, in the order in which they came. */
    List<Finding> of(String row, Measure measure) {
        return all.stream()
                .filter(finding -> finding.row().equals(row) && finding.measure() == measure)
                .toList();
    }

    /** The figure of a server, or empty where there is none. */
    Optional<Finding> of(String row, Measure measure, String server) {
        return of(row, measure).stream()
                .filter(finding -> finding.server().equals(server))
                .findFirst();
    }

    /** Writes them all. */
    void write(Path file) throws IOException {
        Files.write(file, all.stream().map(Finding::line).toList());
    }

    /**
     * Reads what was written.
     *
     * @throws BenchmarkException when the file is none of these
     */
    static Findings read(Path file) {
        Findings findings = new Findings();
        try {
            for (String line : Files.readAllLines(file)) {
                findings.all.add(Finding.parse(line));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new BenchmarkException(
                    file + " does not hold figures of a run: " + e.getMessage(), e);
        }
        return findings;
    }

    /** These and those. */
    Findings and(Findings others) {
        Findings both = new Findings();
        both.all.addAll(all);
        both.all.addAll(others.all);
        return both;
    }
}
