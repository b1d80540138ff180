package dev.pounce.bench;

import dev.pounce.bench.app.Coding;
import dev.pounce.bench.app.Work;
import dev.pounce.bench.peer.ModuleFiles;
import dev.pounce.bench.peer.Peers;
import dev.pounce.bench.peer.Purpose;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Measures what each further connection, stream, session and webapp takes of this server, by the
 * line through several counts of it.
 */
final class GrowthComparison {

    private static final int STARTS = 3;

    /** An event at once, and the next one when all is over. */
    private static final String QUIET_STREAM = Work.EVENTS.target() + "?count=2&period=600000";

    private static final List<String> HEADINGS =
            List.of("of what", "measured at", "bytes of objects", "resident bytes", "start ms");

    private final ModuleFiles files;
    private final PrintStream progress;
    private final List<List<String>> rows = new ArrayList<>();

    /** What a count of something takes. */
    private record Point(double count, double objects, double resident, double startMillis) {

        static Point of(ServerProcess server, int count, double startMillis) {
            double objects =
                    ProcessMemory.liveObjects(server.pid())
                            .orElseThrow(
                                    () -> new BenchmarkException("jcmd tells nothing of the heap"));
            double resident = ProcessMemory.resident(server.pid());
            return new Point(count, objects, resident, startMillis);
        }
    }

    GrowthComparison(ModuleFiles files, PrintStream progress) {
        this.files = files;
        this.progress = progress;
    }

    /** Measures; the table. */
    String run(List<Growth> all) throws InterruptedException {
        rows.add(HEADINGS);
        for (Growth growth : all) {
            List<Point> points = growth == Growth.WEBAPPS ? webApps(growth) : held(growth);
            rows.add(row(growth, points));
            progress.println(growth.label() + "  " + String.join("  ", rows.getLast()));
        }
        return "**growth**, what each further one takes (and how far it is no line)\n\n"
                + MarkdownTable.of(rows);
    }

    /** One server holds more and more of it. */
    private List<Point> held(Growth growth) throws InterruptedException {
        List<Point> points = new ArrayList<>();
        try (ServerProcess server =
                        ServerProcess.start(Peers.servlets(files), files.output(), Purpose.IDLE);
                HeldConnections open = new HeldConnections(server)) {
            for (int count : growth.counts()) {
                hold(growth, open, count);
                points.add(Point.of(server, count, 0));
            }
        }
        return points;
    }

    private static void hold(Growth growth, HeldConnections open, int count) {
        switch (growth) {
            case CONNECTIONS -> open.answered(count, Work.HELLO.target());
            case STREAMS_IDENTITY -> open.streaming(count, QUIET_STREAM, Coding.IDENTITY);
            case STREAMS_GZIP -> open.streaming(count, QUIET_STREAM, Coding.GZIP);
            case STREAMS_ZSTD -> open.streaming(count, QUIET_STREAM, Coding.ZSTD);
            case SESSIONS -> open.answeredOverOne(count, Work.SESSION.target());
            case WEBAPPS -> throw new IllegalArgumentException("a server for each count");
        }
    }

    /** Each point is the quickest of some starts. */
    private List<Point> webApps(Growth growth) throws InterruptedException {
        List<Point> points = new ArrayList<>();
        for (int count : growth.counts()) {
            List<Point> starts = new ArrayList<>();
            for (int start = 0; start < STARTS; start++) {
                long begin = System.nanoTime();
                try (ServerProcess server = start(count)) {
                    starts.add(Point.of(server, count, (System.nanoTime() - begin) / 1e6));
                }
            }
            points.add(Collections.min(starts, Comparator.comparingDouble(Point::startMillis)));
        }
        return points;
    }

    private ServerProcess start(int count) throws InterruptedException {
        try {
            return ServerProcess.start(
                    Peers.withWebApps(files, count), files.output(), Purpose.FOOTPRINT);
        } catch (IOException e) {
            throw new BenchmarkException("The webapps cannot be copied: " + e.getMessage(), e);
        }
    }

    private static List<String> row(Growth growth, List<Point> points) {
        double[] counts = points.stream().mapToDouble(Point::count).toArray();
        Slope objects = Slope.of(counts, points.stream().mapToDouble(Point::objects).toArray());
        Slope resident = Slope.of(counts, points.stream().mapToDouble(Point::resident).toArray());
        Slope start = Slope.of(counts, points.stream().mapToDouble(Point::startMillis).toArray());
        return List.of(
                growth.things(),
                Arrays.toString(growth.counts()).replaceAll("[\\[\\]]", ""),
                format("%,.0f", objects),
                format("%,.0f", resident),
                start.each() == 0 ? "-" : format("%,.1f", start));
    }

    private static String format(String pattern, Slope slope) {
        return String.format(
                Locale.ROOT, pattern + " (%.0f %%)", slope.each(), 100 * slope.worst());
    }
}
