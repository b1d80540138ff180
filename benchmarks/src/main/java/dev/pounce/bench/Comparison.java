package dev.pounce.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures running servers against each other. All stay up the whole time, and the rounds of one
 * server lie between those of the others, so that what disturbs the machine for a while disturbs
 * all.
 */
final class Comparison {

    private final Plan plan;
    private final Wrk client;
    private final CpuTime cpuTime;
    private final PrintStream progress;

    Comparison(Plan plan, Wrk client, CpuTime cpuTime, PrintStream progress) {
        this.plan = plan;
        this.client = client;
        this.cpuTime = cpuTime;
        this.progress = progress;
    }

    /**
     * Checks the answers of the servers, then measures them.
     *
     * @return for each scenario and each server, in the order given, a sample per round
     * @throws BenchmarkException when an answer is wrong or missing
     */
    Map<Scenario, Map<String, List<Sample>>> run(List<ServerProcess> servers)
            throws InterruptedException {
        List<Checked> checked = new ArrayList<>();
        for (ServerProcess server : servers) {
            checked.add(new Checked(server, AnswerCheck.check(server.name(), server.port())));
        }
        Map<Scenario, Map<String, List<Sample>>> results = new EnumMap<>(Scenario.class);
        for (Scenario scenario : plan.scenarios()) {
            results.put(scenario, measure(scenario, checked));
        }
        return results;
    }

    private Map<String, List<Sample>> measure(Scenario scenario, List<Checked> servers)
            throws InterruptedException {
        if (plan.warmupSeconds() > 0) {
            for (Checked server : servers) {
                client.run(server.process().port(), scenario, plan.warmupSeconds());
            }
        }
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        for (int round = 0; round < plan.rounds(); round++) {
            for (Checked server : Plan.order(servers, round)) {
                String name = server.process().name();
                Sample sample = measure(scenario, server);
                samples.computeIfAbsent(name, first -> new ArrayList<>()).add(sample);
                progress.printf(
                        Locale.ROOT,
                        "%-10s round %d  %-8s %7.2f µs/request  %,10.0f requests/s%n",
                        scenario,
                        round + 1,
                        name,
                        sample.cpuMicros(),
                        sample.throughput());
            }
        }
        return samples;
    }

    private Sample measure(Scenario scenario, Checked server) throws InterruptedException {
        ServerProcess process = server.process();
        double before = process.cpuMicros(cpuTime);
        Load load = client.run(process.port(), scenario, plan.seconds());
        double used = process.cpuMicros(cpuTime) - before;
        load.require(
                process.name(),
                server.answerBytes(),
                (long) client.connections() * scenario.depth());
        return Sample.of(used, load);
    }

    /** A server whose answers are right and have this size. */
    private record Checked(ServerProcess process, int answerBytes) {}
}
