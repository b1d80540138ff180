package dev.pounce.bench;

import dev.pounce.bench.app.Coding;
import dev.pounce.bench.app.Work;
import dev.pounce.bench.peer.ModuleFiles;
import dev.pounce.bench.peer.Peer;
import dev.pounce.bench.peer.Peers;
import dev.pounce.bench.peer.Purpose;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures what was selected, one thing after the other, and writes the tables. */
final class Measurement {

    private final Plan plan;
    private final ModuleFiles files;
    private final Wrk client;
    private final PrintStream progress;
    private final Findings findings = new Findings();
    private final StringBuilder tables = new StringBuilder();

    Measurement(Plan plan, ModuleFiles files, Wrk client, PrintStream progress) {
        this.plan = plan;
        this.files = files;
        this.client = client;
        this.progress = progress;
    }

    /**
     * Measures.
     *
     * @param peers the servers; the first one that takes part in something is what the others
     *     relate to
     * @return the tables in Markdown
     * @throws BenchmarkException when an answer is wrong or missing
     */
    String run(Selection selection, List<Peer> peers) throws InterruptedException {
        List<ServerProcess> running = new ArrayList<>();
        try {
            for (Peer peer : selection.running(peers)) {
                running.add(ServerProcess.start(peer, files.output(), Purpose.LOAD));
            }
            scenarios(selection.scenarios(), peers, running);
            if (!selection.delays().isEmpty()) {
                delays(selection.delays(), peers, running);
            }
        } finally {
            running.forEach(ServerProcess::close);
        }
        if (selection.start()) {
            List<Peer> all = new ArrayList<>(peers);
            all.addAll(Peers.asShipped(files));
            add(new Footprint(plan, files, client, findings, progress).run(all), "");
        }
        if (selection.idle()) {
            List<Peer> short13 = peers.stream().filter(Measurement::answersShortly).toList();
            add(new IdleConnections(files, client, findings, progress).run(short13), "");
        }
        if (!selection.growth().isEmpty()) {
            add(new GrowthComparison(files, progress).run(selection.growth()), "");
        }
        return tables.toString();
    }

    /** The figures of what was measured. */
    Findings findings() {
        return findings;
    }

    private static boolean answersShortly(Peer peer) {
        return peer.abilities().works().contains(Work.HELLO)
                || peer.abilities().works().contains(Work.SERVLET);
    }

    private void scenarios(List<Scenario> scenarios, List<Peer> peers, List<ServerProcess> running)
            throws InterruptedException {
        Comparison comparison =
                new Comparison(
                        plan,
                        client,
                        CpuTime.ofThisMachine(),
                        files.output().resolve("cookies.txt"),
                        progress);
        Map<Scenario, List<Figures>> results = new LinkedHashMap<>();
        for (Scenario scenario : scenarios) {
            Participants participants = Participants.of(peers, scenario);
            List<ServerProcess> servers = processes(participants, running);
            if (servers.isEmpty()) {
                continue;
            }
            List<Figures> figures = comparison.run(scenario, servers);
            results.put(scenario, figures);
            findings.add(scenario, figures);
            add(
                    Report.table(scenario, figures),
                    participants.describeLeftOut() + sends(scenario, servers));
        }
        String summary = Report.summary(results);
        if (!summary.isEmpty()) {
            add("**Pounce and the best other**\n\n" + summary, "");
        }
    }

    private String sends(Scenario scenario, List<ServerProcess> servers)
            throws InterruptedException {
        return plan.sends() && scenario.work() == Work.CHUNKS
                ? SendCalls.describe(scenario, servers, files.output().resolve("strace.txt"))
                : "";
    }

    private void delays(List<Coding> codings, List<Peer> peers, List<ServerProcess> running) {
        Map<Coding, List<ServerProcess>> servers = new EnumMap<>(Coding.class);
        StringBuilder leftOut = new StringBuilder();
        for (Coding coding : codings) {
            Participants participants = Participants.ofEvents(peers, coding);
            servers.put(coding, processes(participants, running));
            leftOut.append(participants.describeLeftOut());
        }
        if (servers.values().stream().allMatch(List::isEmpty)) {
            return;
        }
        try (DelayComparison comparison =
                new DelayComparison(plan, CpuTime.ofThisMachine(), findings, progress)) {
            add(comparison.run(servers), leftOut.toString());
        }
    }

    private static List<ServerProcess> processes(
            Participants participants, List<ServerProcess> running) {
        return running.stream()
                .filter(
                        server ->
                                participants.peers().stream()
                                        .anyMatch(peer -> peer.name().equals(server.name())))
                .toList();
    }

    private void add(String table, String note) {
        tables.append('\n').append(table);
        if (!note.isEmpty()) {
            tables.append('\n').append(note);
        }
    }
}
