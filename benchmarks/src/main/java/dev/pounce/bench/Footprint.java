package dev.pounce.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pounce.bench.peer.ModuleFiles;
import dev.pounce.bench.peer.Peer;
import dev.pounce.bench.peer.Purpose;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Measures from the start of a server's process to its first answer, and the memory that it has
 * then and under load. Servers are started one after the other, in interleaved rounds, each with
 * the heap that the JVM gives itself.
 */
final class Footprint {

    private static final String ROW = "start";
    private static final double MEGABYTE = 1e6;
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final List<String> HEADINGS =
            List.of(
                    "server",
                    "start ms",
                    "min to max",
                    "MB at start",
                    "MB under load",
                    "min to max");

    private final Plan plan;
    private final ModuleFiles files;
    private final Wrk client;
    private final Findings findings;
    private final PrintStream progress;

    private record Round(double startMillis, double atStart, double underLoad) {}

    Footprint(Plan plan, ModuleFiles files, Wrk client, Findings findings, PrintStream progress) {
        this.plan = plan;
        this.files = files;
        this.client = client;
        this.findings = findings;
        this.progress = progress;
    }

    /** Measures; the table. A first start of each does not count: it fills the caches. */
    String run(List<Peer> peers) throws InterruptedException {
        Map<Peer, List<Round>> results = new LinkedHashMap<>();
        for (Peer peer : peers) {
            results.put(peer, new ArrayList<>());
            measure(peer, 0);
        }
        for (int number = 0; number < plan.rounds(); number++) {
            for (Peer peer : Plan.order(peers, number)) {
                Round round = measure(peer, plan.seconds());
                results.getOrDefault(peer, new ArrayList<>()).add(round);
                progress.printf(
                        Locale.ROOT,
                        "start round %d  %-18s %,.0f ms  %.1f MB, under load %.1f MB%n",
                        number + 1,
                        peer.name(),
                        round.startMillis(),
                        round.atStart(),
                        round.underLoad());
            }
        }
        results.forEach(this::keep);
        return table(results);
    }

    private void keep(Peer peer, List<Round> rounds) {
        String name = peer.name();
        String words = peer.description();
        findings.add(ROW, name, words, Measure.START, spread(rounds, Round::startMillis));
        findings.add(ROW, name, words, Measure.AT_START, spread(rounds, Round::atStart));
        findings.add(ROW, name, words, Measure.UNDER_LOAD, spread(rounds, Round::underLoad));
    }

    private Round measure(Peer peer, int seconds) throws InterruptedException {
        long begin = System.nanoTime();
        try (ServerProcess server = ServerProcess.start(peer, files.output(), Purpose.FOOTPRINT)) {
            firstAnswer(server, peer.shortAnswer());
            double millis = (System.nanoTime() - begin) / 1e6;
            double atStart = ProcessMemory.resident(server.pid()) / MEGABYTE;
            if (seconds > 0) {
                client.run(
                        server.port(),
                        Scenario.KEPT_ALIVE,
                        seconds,
                        List.of("path=" + peer.shortAnswer()));
            }
            return new Round(millis, atStart, ProcessMemory.resident(server.pid()) / MEGABYTE);
        }
    }

    private static void firstAnswer(ServerProcess server, String target) {
        String request =
                "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            String status = HttpAnswer.read(socket.getInputStream()).status();
            if (!status.matches("HTTP/1.1 200.*")) {
                throw new IOException(status);
            }
        } catch (IOException e) {
            throw new BenchmarkException(
                    server.name() + " did not answer once it was started: " + e.getMessage(), e);
        }
    }

    private static String table(Map<Peer, List<Round>> results) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        results.forEach(
                (peer, rounds) -> {
                    Spread start = spread(rounds, Round::startMillis);
                    Spread load = spread(rounds, Round::underLoad);
                    rows.add(
                            List.of(
                                    peer.description(),
                                    format("%,.0f", start.median()),
                                    format("%,.0f to %,.0f", start.min(), start.max()),
                                    format("%.1f", spread(rounds, Round::atStart).median()),
                                    format("%.1f", load.median()),
                                    format("%.1f to %.1f", load.min(), load.max())));
                });
        return "**start**, from exec to the first answer; resident memory\n\n"
                + MarkdownTable.of(rows);
    }

    private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).toArray());
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
