package dev.pounce.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

class TargetTableTest {

    private static Findings run(double ours, double netty, double vertx) {
        Findings run = new Findings();
        run.add("kept-alive", "c", "C", Measure.CPU, new Spread(4, 5, 6));
        run.add("kept-alive", "pounce", "Pounce", Measure.CPU, new Spread(ours, ours, 9));
        run.add("kept-alive", "netty", "Netty", Measure.CPU, Spread.of(netty));
        run.add("kept-alive", "vertx", "Vert.x", Measure.CPU, Spread.of(vertx));
        return run;
    }

    @Test
    void theOtherIsTheBestOfThoseThatTheTargetNames() {
        List<String> lines =
                new TargetTable(List.of(run(6, 10, 8)))
                        .markdown()
                        .lines()
                        .map(line -> line.replaceAll(" +", " "))
                        .toList();
        assertEquals(
                "| row | target | Pounce | the other | ratio 1 | size | verdict |",
                lines.getFirst());
        assertEquals(
                List.of(
                        "| kept-alive, CPU µs | ≤ 0.95 × the best Java server |"
                                + " 6.00 (6.00 to 9.00) | Vert.x: 8.00 | 0.75 | - | met |",
                        "| kept-alive, CPU µs | ≤ 1.3 × C | 6.00 (6.00 to 9.00) |"
                                + " C: 5.00 (4.00 to 6.00) | 1.20 | - | met |"),
                lines.subList(2, 4));
    }

    @Test
    void theMiddleRunDecidesAndOneThatMetItIsWithinTheSpread() {
        Map<Target, String> verdicts =
                verdicts(List.of(run(6, 8, 8), run(7.5, 7.6, 8), run(9, 10, 9)));
        assertEquals("within the spread", verdicts.get(Target.KEPT_ALIVE));
        assertEquals(
                "met",
                verdicts(List.of(run(6, 8, 8), run(7, 8, 8), run(9, 8, 9))).get(Target.KEPT_ALIVE));
        assertEquals("missed", verdicts(List.of(run(9, 8, 8))).get(Target.KEPT_ALIVE));
    }

    @Test
    void anAnswerThatIsTooLargeMissesItsTarget() {
        Findings run = new Findings();
        run.add("page-gzip", "pounce-servlet", "Pounce", Measure.CPU, Spread.of(50));
        run.add("page-gzip", "pounce-servlet", "Pounce", Measure.BYTES, Spread.of(1_100));
        run.add("page-gzip", "helidon", "Helidon", Measure.CPU, Spread.of(100));
        run.add("page-gzip", "helidon", "Helidon", Measure.BYTES, Spread.of(1_000));
        assertEquals("missed: too large", verdicts(List.of(run)).get(Target.PAGE_GZIP));
    }

    @Test
    void aTargetMayBeABoundOrAnotherRow() {
        Findings run = new Findings();
        run.add("sleep", "pounce-servlet", "Pounce", Measure.P99, Spread.of(108));
        run.add("large-zstd", "pounce-servlet", "Pounce", Measure.CPU, Spread.of(2_000));
        run.add("large-gzip", "jetty-platform", "Jetty", Measure.CPU, Spread.of(20_000));
        Map<Target, String> verdicts = verdicts(List.of(run));
        assertEquals(Map.of(Target.SLEEP, "met", Target.LARGE_ZSTD, "met"), verdicts);
    }

    @Test
    void figuresAreReadAsTheyWereWritten(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("results.tsv");
        Findings run = run(6, 10, 8);
        run.write(file);
        assertEquals(
                new TargetTable(List.of(run)).markdown(),
                new TargetTable(List.of(Findings.read(file))).markdown());
        Files.writeString(file, "something else\n");
        String message =
                assertThrows(BenchmarkException.class, () -> Findings.read(file)).getMessage();
        assertTrue(String.valueOf(message).contains("something else"), message);
    }

    @Test
    void theChartHasABarForEachTarget() {
        String svg = RatioChart.svg(new TargetTable(List.of(run(6, 10, 8))).standings());
        assertTrue(svg.contains("kept-alive, CPU µs, Vert.x</text>"), svg);
        assertTrue(svg.contains(">0.75</text>"), svg);
        assertTrue(svg.contains(">1.20</text>"), svg);
    }

    private static Map<Target, String> verdicts(List<Findings> runs) {
        return new TargetTable(runs)
                .standings().stream()
                        .collect(
                                Collectors.toMap(
                                        TargetTable.Standing::target,
                                        TargetTable.Standing::verdict));
    }
}
