package dev.pounce.bench;

import dev.pounce.bench.app.Work;
import dev.pounce.bench.peer.ModuleFiles;
import dev.pounce.bench.peer.Peer;
import dev.pounce.bench.peer.Purpose;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Measures what a server keeps for a connection that was used once and is kept alive. Servers are
 * started one after the other, and let connections be idle for as long as this takes.
 */
final class IdleConnections {

    private static final int COUNT = 10_000;
    private static final int WARMUP_SECONDS = 2;
    private static final List<String> HEADINGS =
            List.of("server", "bytes of objects", "resident bytes");

    private final ModuleFiles files;
    private final Wrk client;
    private final Findings findings;
    private final PrintStream progress;

    IdleConnections(ModuleFiles files, Wrk client, Findings findings, PrintStream progress) {
        this.files = files;
        this.client = client;
        this.findings = findings;
        this.progress = progress;
    }

    /** Measures; the table. */
    String run(List<Peer> peers) throws InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (Peer peer : peers) {
            try (ServerProcess server = ServerProcess.start(peer, files.output(), Purpose.IDLE)) {
                rows.add(measure(server));
                progress.println("idle  " + String.join("  ", rows.getLast()));
            }
        }
        return "**idle**, connections: " + COUNT + ", for each\n\n" + MarkdownTable.of(rows);
    }

    private List<String> measure(ServerProcess server) throws InterruptedException {
        client.run(server.port(), Scenario.CONNECTIONS_256, WARMUP_SECONDS);
        OptionalLong objects = ProcessMemory.liveObjects(server.pid());
        long resident = ProcessMemory.resident(server.pid());
        try (HeldConnections open = new HeldConnections(server)) {
            open.answered(COUNT, Work.HELLO.target());
            OptionalLong objectsThen = ProcessMemory.liveObjects(server.pid());
            long residentThen = ProcessMemory.resident(server.pid());
            open.requireKept(Work.HELLO.target());
            String each = "-";
            if (objects.isPresent() && objectsThen.isPresent()) {
                long bytes = (objectsThen.getAsLong() - objects.getAsLong()) / COUNT;
                findings.add(
                        "idle",
                        server.name(),
                        server.description(),
                        Measure.OBJECTS,
                        Spread.of(bytes));
                each = format(bytes);
            }
            return List.of(server.description(), each, format((residentThen - resident) / COUNT));
        }
    }

    private static String format(long bytes) {
        return String.format(Locale.ROOT, "%,d", bytes);
    }
}
