package dev.pounce.bench;

import dev.pounce.bench.app.Coding;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Measures how long the events of running servers take to their reader, in interleaved rounds as in
 * {@link Comparison}: many streams, an event every 10 ms in each.
 */
final class DelayComparison implements AutoCloseable {

    private static final int STREAMS = 32;
    private static final int EVENTS_PER_SECOND = 100;
    private static final List<String> HEADINGS =
            List.of(
                    "server",
                    "p99 ms",
                    "min to max",
                    "relative",
                    "p50 ms",
                    "worst ms",
                    "CPU µs/event");

    private final Plan plan;
    private final CpuTime cpuTime;
    private final Findings findings;
    private final PrintStream progress;
    private final Process client;
    private final BufferedReader answers;

    /**
     * One round of one server.
     *
     * @param cpuMicros CPU time of the server per event
     */
    private record Round(EventDelays delays, double cpuMicros) {}

    /** A server, asked in a coding. */
    private record Subject(ServerProcess server, Coding coding, List<Round> rounds) {

        Spread millis(ToDoubleFunction<EventDelays> micros) {
            return Spread.of(
                    rounds.stream()
                            .mapToDouble(round -> micros.applyAsDouble(round.delays()) / 1e3)
                            .toArray());
        }

        Spread cpu() {
            return Spread.of(rounds.stream().mapToDouble(Round::cpuMicros).toArray());
        }
    }

    DelayComparison(Plan plan, CpuTime cpuTime, Findings findings, PrintStream progress) {
        this.plan = plan;
        this.cpuTime = cpuTime;
        this.findings = findings;
        this.progress = progress;
        try {
            client =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "--enable-native-access=ALL-UNNAMED",
                                    "-Xms256m",
                                    "-Xmx256m",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    EventClient.class.getName())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
        } catch (IOException e) {
            throw new BenchmarkException("The reader of events cannot be started", e);
        }
        answers = client.inputReader(StandardCharsets.US_ASCII);
    }

    /**
     * Measures these servers in these codings, all of them interleaved.
     *
     * @param servers by the coding in which each is asked
     * @return the table; the first server is what "relative" relates to
     * @throws BenchmarkException when an event is missing
     */
    String run(Map<Coding, List<ServerProcess>> servers) {
        List<Subject> subjects = new ArrayList<>();
        servers.forEach(
                (coding, all) ->
                        all.forEach(
                                server ->
                                        subjects.add(
                                                new Subject(server, coding, new ArrayList<>()))));
        if (plan.warmupSeconds() > 0) {
            subjects.forEach(subject -> measure(subject, plan.warmupSeconds()));
        }
        for (int round = 0; round < plan.rounds(); round++) {
            for (Subject subject : Plan.order(subjects, round)) {
                Round measured = measure(subject, plan.seconds());
                subject.rounds().add(measured);
                progress.printf(
                        Locale.ROOT,
                        "delay-%-8s round %d  %-18s p50 %.3f ms  p99 %.3f ms  %.1f µs/event%n",
                        subject.coding().label(),
                        round + 1,
                        subject.server().name(),
                        measured.delays().p50() / 1e3,
                        measured.delays().p99() / 1e3,
                        measured.cpuMicros());
            }
        }
        subjects.forEach(this::keep);
        return table(subjects);
    }

    private void keep(Subject subject) {
        String row = "delay-" + subject.coding().label();
        String name = subject.server().name();
        String words = subject.server().description();
        findings.add(row, name, words, Measure.P99, subject.millis(EventDelays::p99));
        findings.add(row, name, words, Measure.CPU, subject.cpu());
    }

    private Round measure(Subject subject, int seconds) {
        ServerProcess server = subject.server();
        int events = seconds * EVENTS_PER_SECOND;
        double before = server.cpuMicros(cpuTime);
        String line = ask(server.port(), subject.coding(), STREAMS, events);
        double used = server.cpuMicros(cpuTime) - before;
        return new Round(EventDelays.parse(server.name(), line), used / (STREAMS * events));
    }

    private String ask(int port, Coding coding, int streams, int events) {
        try {
            String order = port + " " + coding + " " + streams + " " + events + "\n";
            client.getOutputStream().write(order.getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
            String line = answers.readLine();
            return line == null ? "the reader has ended" : line;
        } catch (IOException e) {
            throw new BenchmarkException("The reader of events is gone: " + e.getMessage(), e);
        }
    }

    private static String table(List<Subject> subjects) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        double reference = subjects.getFirst().millis(EventDelays::p99).median();
        for (Subject subject : subjects) {
            Spread p99 = subject.millis(EventDelays::p99);
            rows.add(
                    List.of(
                            subject.server().description() + ", " + subject.coding().label(),
                            format("%.3f", p99.median()),
                            format("%.3f to %.3f", p99.min(), p99.max()),
                            format("%.2f", p99.median() / reference),
                            format("%.3f", subject.millis(EventDelays::p50).median()),
                            format("%.2f", subject.millis(EventDelays::max).max()),
                            format("%.1f", subject.cpu().median())));
        }
        return "**delay**, event streams: " + STREAMS + "\n\n" + MarkdownTable.of(rows);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    @Override
    public void close() {
        try {
            client.getOutputStream().close();
            if (client.waitFor(5, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            // It has ended already.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.destroyForcibly();
    }
}
