package dev.pounce.bench;

import dev.pounce.bench.app.Burn;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures the short answers of running servers while some connections ask for slow ones. All
 * servers stay up the whole time and their rounds are interleaved, as in {@link Comparison}.
 */
final class NeighbourComparison {

    private final int rounds;
    private final int seconds;
    private final int warmupSeconds;
    private final Wrk client;
    private final CpuTime cpuTime;
    private final PrintStream progress;

    NeighbourComparison(
            int rounds,
            int seconds,
            int warmupSeconds,
            Wrk client,
            CpuTime cpuTime,
            PrintStream progress) {
        this.rounds = rounds;
        this.seconds = seconds;
        this.warmupSeconds = warmupSeconds;
        this.client = client;
        this.cpuTime = cpuTime;
        this.progress = progress;
    }

    /**
     * One round of one server.
     *
     * @param sample of the short answers; the CPU time of the slow ones is not in it
     * @param failed short requests that were not answered, or not with a 200
     * @param slow slow answers per second
     */
    record Round(Sample sample, long failed, double slow) {}

    /**
     * Checks the answers of the servers, then measures them.
     *
     * @param neighbours the numbers of connections with slow requests, one after the other
     * @return for each of these and each server, in the order given, all rounds
     * @throws BenchmarkException when an answer is wrong, or a slow one is missing
     */
    Map<Integer, Map<String, List<Round>>> run(
            List<ServerProcess> servers, List<Integer> neighbours) throws InterruptedException {
        Map<String, AnswerSize> sizes = new LinkedHashMap<>();
        for (ServerProcess server : servers) {
            sizes.put(server.name(), check(server));
            Neighbours.check(server.name(), server.port());
            if (warmupSeconds > 0) {
                client.run(server.port(), Scenario.KEPT_ALIVE, warmupSeconds);
            }
        }
        Map<Integer, Map<String, List<Round>>> results = new LinkedHashMap<>();
        for (int count : neighbours) {
            Map<String, List<Round>> byServer = new LinkedHashMap<>();
            servers.forEach(server -> byServer.put(server.name(), new ArrayList<>()));
            results.put(count, byServer);
            for (int round = 0; round < rounds; round++) {
                for (ServerProcess server : Plan.order(servers, round)) {
                    Round measured = measure(server, sizes, count);
                    byServer.getOrDefault(server.name(), new ArrayList<>()).add(measured);
                    print(server.name(), count, round, measured);
                }
            }
        }
        return results;
    }

    private static AnswerSize check(ServerProcess server) {
        return AnswerCheck.check(server.name(), server.port(), Scenario.KEPT_ALIVE);
    }

    /**
     * The slow requests begin with the short ones, and the time ends when the last slow one has its
     * answer: then each that ran has used its whole time, which can be taken off.
     */
    private Round measure(ServerProcess server, Map<String, AnswerSize> sizes, int count)
            throws InterruptedException {
        double before = server.cpuMicros(cpuTime);
        Neighbours neighbours = Neighbours.start(server.name(), server.port(), count);
        Load load = client.run(server.port(), Scenario.KEPT_ALIVE, seconds);
        long slow = neighbours.stop();
        double used = server.cpuMicros(cpuTime) - before - (double) slow * Burn.MICROS;
        AnswerSize size = sizes.getOrDefault(server.name(), new AnswerSize(1, true));
        if (load.errors() == 0) {
            load.require(server.name(), size, client.underWay(Scenario.KEPT_ALIVE));
        }
        return new Round(Sample.of(used, load, size), load.errors(), slow * 1e6 / load.micros());
    }

    private void print(String server, int neighbours, int round, Round measured) {
        progress.printf(
                Locale.ROOT,
                "%d slow, round %d  %-16s %,10.0f requests/s  p50 %8.2f ms  p99 %8.2f ms"
                        + "  %7.2f µs/request  %4.0f slow/s  %d failed%n",
                neighbours,
                round + 1,
                server,
                measured.sample().throughput(),
                measured.sample().p50Millis(),
                measured.sample().p99Millis(),
                measured.sample().cpuMicros(),
                measured.slow(),
                measured.failed());
    }
}
