package dev.pounce.bench;

import dev.pounce.bench.app.Work;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures running servers against each other. All stay up the whole time, and the rounds of one
 * server lie between those of the others, so that what disturbs the machine for a while disturbs
 * all.
 */
final class Comparison {

    private final Plan plan;
    private final Wrk client;
    private final CpuTime cpuTime;
    private final Path cookies;
    private final PrintStream progress;

    /**
     * @param cookies a file for cookies of sessions
     */
    Comparison(Plan plan, Wrk client, CpuTime cpuTime, Path cookies, PrintStream progress) {
        this.plan = plan;
        this.client = client;
        this.cpuTime = cpuTime;
        this.cookies = cookies;
        this.progress = progress;
    }

    /**
     * Checks the answers of the servers, then measures them.
     *
     * @return for each server, in the order given, what was measured
     * @throws BenchmarkException when an answer is wrong or missing
     */
    List<Figures> run(Scenario scenario, List<ServerProcess> servers) throws InterruptedException {
        List<Subject> subjects = new ArrayList<>();
        for (ServerProcess server : servers) {
            AnswerSize size = AnswerCheck.check(server.name(), server.port(), scenario);
            subjects.add(new Subject(server, size, new ArrayList<>()));
        }
        if (plan.warmupSeconds() > 0) {
            for (Subject subject : subjects) {
                measure(scenario, subject, plan.warmupSeconds());
            }
        }
        for (int round = 0; round < plan.rounds(); round++) {
            for (Subject subject : Plan.order(subjects, round)) {
                Sample sample = measure(scenario, subject, plan.seconds());
                subject.samples().add(sample);
                print(scenario, round, subject.server().name(), sample);
            }
        }
        return subjects.stream().map(Subject::figures).toList();
    }

    /** A server whose answers are right. */
    private record Subject(ServerProcess server, AnswerSize size, List<Sample> samples) {
        Figures figures() {
            return new Figures(server.name(), server.description(), size, List.copyOf(samples));
        }
    }

    private Sample measure(Scenario scenario, Subject subject, int seconds)
            throws InterruptedException {
        if (scenario.work() == Work.SESSION) {
            return measureSessions(scenario, subject, seconds);
        }
        return measure(scenario, subject, seconds, List.of());
    }

    private Sample measureSessions(Scenario scenario, Subject subject, int seconds)
            throws InterruptedException {
        ServerProcess server = subject.server();
        Sessions sessions = Sessions.open(server.name(), server.port());
        try {
            sessions.write(cookies);
        } catch (IOException e) {
            throw new BenchmarkException("The cookies cannot be written: " + e.getMessage(), e);
        }
        long counted = sessions.total();
        Sample sample = measure(scenario, subject, seconds, List.of("cookies=" + cookies));
        sessions.require(counted, sample.responses(), client.underWay(scenario));
        return sample;
    }

    private Sample measure(Scenario scenario, Subject subject, int seconds, List<String> arguments)
            throws InterruptedException {
        ServerProcess server = subject.server();
        double before = server.cpuMicros(cpuTime);
        Load load = client.run(server.port(), scenario, seconds, arguments);
        double used = server.cpuMicros(cpuTime) - before;
        load.require(server.name(), subject.size(), client.underWay(scenario));
        return Sample.of(used, load, subject.size());
    }

    private void print(Scenario scenario, int round, String server, Sample sample) {
        progress.printf(
                Locale.ROOT,
                "%-12s round %d  %-18s %,10.2f µs/request  %,10.0f requests/s  p99 %.2f ms%n",
                scenario,
                round + 1,
                server,
                sample.cpuMicros(),
                sample.throughput(),
                sample.p99Millis());
    }
}
