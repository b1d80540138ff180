package dev.pounce.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class ReportTest {

    @Test
    void theFirstServerIsWhatTheOthersRelateTo() {
        Map<String, List<Sample>> servers = new LinkedHashMap<>();
        servers.put(
                "c",
                List.of(
                        new Sample(5, 100_000, 0.5, 1),
                        new Sample(4, 120_000, 0.5, 2),
                        new Sample(9, 90_000, 0.5, 3)));
        servers.put("vertx", List.of(new Sample(8, 60_000, 0.5, 4)));
        String report =
                Report.of(
                        List.of("Kernel: Linux 6"),
                        Map.of("c", "C", "vertx", "Vert.x 5"),
                        Map.of(Scenario.KEPT_ALIVE, servers));
        assertEquals(
                """
                - Kernel: Linux 6

                **kept-alive**, requests per write: 1

                | server   | CPU µs/request |   min to max | relative | requests/s | p99 ms |
                |----------|---------------:|-------------:|---------:|-----------:|-------:|
                | C        |           5.00 | 4.00 to 9.00 |     1.00 |    100,000 |   2.00 |
                | Vert.x 5 |           8.00 | 8.00 to 8.00 |     1.60 |     60,000 |   4.00 |
                """,
                report);
    }

    @Test
    void aPipelinedRequestHasNoTimeOfItsOwn() {
        String report =
                Report.of(
                        List.of(),
                        Map.of("c", "C"),
                        Map.of(
                                Scenario.PIPELINED,
                                Map.of("c", List.of(new Sample(0.5, 1_000_000, 0, 0)))));
        assertEquals(
                "| C      |           0.50 | 0.50 to 0.50 |     1.00 |  1,000,000 |      - |",
                report.lines().toList().getLast());
    }
}
