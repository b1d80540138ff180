package dev.pounce.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class ReportTest {

    private static final Figures C =
            new Figures(
                    "c",
                    "C",
                    new AnswerSize(100, true),
                    List.of(
                            new Sample(1, 5, 100_000, 0.5, 1),
                            new Sample(1, 4, 120_000, 0.5, 2),
                            new Sample(1, 9, 90_000, 0.5, 3)));
    private static final Figures VERTX =
            new Figures(
                    "vertx",
                    "Vert.x 5",
                    new AnswerSize(1200, true),
                    List.of(new Sample(1, 8, 60_000, 0.5, 4)));
    private static final Figures POUNCE =
            new Figures(
                    "pounce-servlet",
                    "Pounce",
                    new AnswerSize(1500, true),
                    List.of(new Sample(1, 6, 80_000, 0.5, 4)));

    @Test
    void theFirstServerIsWhatTheOthersRelateTo() {
        assertEquals(
                """
                **kept-alive**

                | server   | CPU µs/request |   min to max | relative | bytes | requests/s | p50 ms | p99 ms |
                |----------|---------------:|-------------:|---------:|------:|-----------:|-------:|-------:|
                | C        |           5.00 | 4.00 to 9.00 |     1.00 |   100 |    100,000 |   0.50 |   2.00 |
                | Vert.x 5 |           8.00 | 8.00 to 8.00 |     1.60 | 1,200 |     60,000 |   0.50 |   4.00 |
                """,
                Report.table(Scenario.KEPT_ALIVE, List.of(C, VERTX)));
    }

    @Test
    void aPipelinedRequestHasNoTimeOfItsOwn() {
        String table = Report.table(Scenario.PIPELINED, List.of(C));
        assertEquals("**pipelined**, requests per write: 16", table.lines().toList().getFirst());
        assertEquals(
                "| C      |           5.00 | 4.00 to 9.00 |     1.00 |   100 |    100,000 |      -"
                        + " |      - |",
                table.lines().toList().getLast());
    }

    @Test
    void theSummaryRelatesPounceToTheCheapestOtherAndToC() {
        Map<Scenario, List<Figures>> results = new LinkedHashMap<>();
        results.put(Scenario.KEPT_ALIVE, List.of(C, POUNCE, VERTX));
        results.put(Scenario.PIPELINED, List.of(C, POUNCE));
        assertEquals(
                """
                | scenario   | Pounce µs |   min to max | best other | its µs |   min to max | ratio | ratio of bytes | ratio to C |
                |------------|----------:|-------------:|-----------:|-------:|-------------:|------:|---------------:|-----------:|
                | kept-alive |      6.00 | 6.00 to 6.00 |   Vert.x 5 |   8.00 | 8.00 to 8.00 |  0.75 |          1.250 |       1.20 |
                """,
                Report.summary(results));
    }
}
