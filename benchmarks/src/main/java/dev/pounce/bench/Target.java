package dev.pounce.bench;

import dev.pounce.bench.Findings.Finding;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What this server means to reach: a figure in relation to that of another server in the same run,
 * or below a bound.
 */
enum Target {
    KEPT_ALIVE("kept-alive", Measure.CPU, "pounce", Rivals.JAVA, 0.95),
    KEPT_ALIVE_C("kept-alive", Measure.CPU, "pounce", Rivals.C, 1.3),
    PIPELINED("pipelined", Measure.CPU, "pounce", Rivals.NETTY, 1.0),
    SERVLET("servlet", Measure.CPU, Rivals.CONTAINERS, 0.7),
    JSON("json", Measure.CPU, Rivals.CONTAINERS, 0.7),
    SESSION("session", Measure.CPU, Rivals.CONTAINERS, 0.65),
    ECHO("echo", Measure.CPU, Rivals.CONTAINERS, 0.65),
    PAGE("page", Measure.CPU, Rivals.CONTAINERS, 0.75),
    PAGE_GZIP("page-gzip", Measure.CPU, Rivals.ALL, 0.85, 1.03),
    PAGE_ZSTD("page-zstd", Measure.CPU, Rivals.ALL, 0.85),
    CHUNKS("chunks", Measure.CPU, Rivals.C, 1.05),
    CHUNKS_GZIP("chunks-gzip", Measure.CPU, Rivals.TOMCAT_VIRTUAL, 0.65, 1.06),
    CHUNKS_ZSTD("chunks-zstd", "chunks-gzip", Rivals.TOMCAT_VIRTUAL, 0.18, 1.08),
    LARGE_GZIP("large-gzip", Measure.CPU, Rivals.ALL, 0.55, 1.09),
    LARGE_ZSTD("large-zstd", "large-gzip", Rivals.ALL, 0.12, 1.08),
    FILE_100K("file-100k", Measure.CPU, Rivals.CONTAINERS, 0.8),
    FILE_1M("file-1m", Measure.CPU, Rivals.CONTAINERS, 0.8),
    DELAY_IDENTITY("delay-identity", Measure.P99, Rivals.ALL, 1.0),
    DELAY_GZIP("delay-gzip", Measure.P99, Rivals.ALL, 1.0),
    DELAY_ZSTD("delay-zstd", Measure.P99, Rivals.ALL, 1.0),
    PACED("paced", Measure.CPU, "pounce", Rivals.VERTX, 1.1),
    SLEEP("sleep", Measure.P99, "pounce-servlet", 110),
    NEIGHBOURS("slow-neighbours", Measure.P99, Rivals.CONTAINERS, 1.0),
    IDLE("idle", Measure.OBJECTS, "pounce", 1000),
    START("start", Measure.START, "pounce-shipped", Rivals.MICROHTTP, 1.5),
    MEMORY_AT_START("start", Measure.AT_START, "pounce-shipped", Rivals.CONTAINERS, 1.0),
    MEMORY_UNDER_LOAD("start", Measure.UNDER_LOAD, "pounce-shipped", Rivals.CONTAINERS, 1.0);

    private static final String SERVLETS = "pounce-servlet";

    private final String row;
    private final Measure measure;
    private final String ours;
    private final String theirRow;
    private final Rivals rivals;
    private final double factor;
    private final double sizeFactor;

    /** Whom a figure is compared with: the best of them. */
    private enum Rivals {
        NOBODY("a bound", server -> false),
        C("C", "c"::equals),
        CONTAINERS("the best container", server -> server.matches("(tomcat|jetty)-.*|undertow")),
        JAVA("the best Java server", server -> !server.equals("c")),
        ALL("the best", server -> true),
        NETTY("Netty", "netty"::equals),
        VERTX("Vert.x", "vertx"::equals),
        MICROHTTP("microhttp", "microhttp"::equals),
        TOMCAT_VIRTUAL("Tomcat on virtual threads", "tomcat-virtual"::equals);

        private final String words;
        private final Predicate<String> members;

        Rivals(String words, Predicate<String> members) {
            this.words = words;
            this.members = members;
        }
    }

    /**
     * How it stands in a run.
     *
     * @param ours this server's figure
     * @param rival the other's, or empty where the target is a bound
     * @param ratio to the other's figure, or to the bound
     * @param sizeRatio of the answers, or 0 where there is none
     */
    record Result(Finding ours, Optional<Finding> rival, double ratio, double sizeRatio) {}

    /** In relation to the best of others in the same row. */
    Target(String row, Measure measure, Rivals rivals, double factor) {
        this(row, measure, SERVLETS, row, rivals, factor, 0);
    }

    Target(String row, Measure measure, String ours, Rivals rivals, double factor) {
        this(row, measure, ours, row, rivals, factor, 0);
    }

    Target(String row, Measure measure, Rivals rivals, double factor, double sizeFactor) {
        this(row, measure, SERVLETS, row, rivals, factor, sizeFactor);
    }

    /** CPU time in relation to another row's. */
    Target(String row, String theirRow, Rivals rivals, double factor, double sizeFactor) {
        this(row, Measure.CPU, SERVLETS, theirRow, rivals, factor, sizeFactor);
    }

    /** Below a bound. */
    Target(String row, Measure measure, String ours, double bound) {
        this(row, measure, ours, row, Rivals.NOBODY, bound, 0);
    }

    Target(
            String row,
            Measure measure,
            String ours,
            String theirRow,
            Rivals rivals,
            double factor,
            double sizeFactor) {
        this.row = row;
        this.measure = measure;
        this.ours = ours;
        this.theirRow = theirRow;
        this.rivals = rivals;
        this.factor = factor;
        this.sizeFactor = sizeFactor;
    }

    String row() {
        return row;
    }

    Measure measure() {
        return measure;
    }

    /** The ratio that is to be reached: 1 where the target is a bound. */
    double factor() {
        return rivals == Rivals.NOBODY ? 1 : factor;
    }

    /** The ratio of sizes that is to be kept, or 0 where there is none. */
    double sizeFactor() {
        return sizeFactor;
    }

    /** What is to be reached, in words. */
    String words() {
        if (rivals == Rivals.NOBODY) {
            return "≤ " + measure.format(factor);
        }
        String other = theirRow.equals(row) ? "" : " in " + theirRow;
        String size = sizeFactor == 0 ? "" : " at ≤ " + sizeFactor + " × its size";
        return "≤ " + factor + " × " + rivals.words + other + size;
    }

    /** How it stands, or empty where this run has not measured it. */
    Optional<Result> in(Findings run) {
        Optional<Finding> mine = run.of(row, measure, ours);
        if (mine.isEmpty()) {
            return Optional.empty();
        }
        if (rivals == Rivals.NOBODY) {
            double ratio = mine.get().figure().median() / factor;
            return Optional.of(new Result(mine.get(), Optional.empty(), ratio, 0));
        }
        return rival(run)
                .map(
                        rival ->
                                new Result(
                                        mine.get(),
                                        Optional.of(rival),
                                        mine.get().figure().median() / rival.figure().median(),
                                        sizeRatio(run, rival)));
    }

    private Optional<Finding> rival(Findings run) {
        List<Finding> found =
                run.of(theirRow, measure).stream()
                        .filter(finding -> !finding.server().startsWith("pounce"))
                        .filter(finding -> rivals.members.test(finding.server()))
                        .toList();
        return found.stream().min(Comparator.comparingDouble(finding -> finding.figure().median()));
    }

    private double sizeRatio(Findings run, Finding rival) {
        Optional<Finding> mine = run.of(row, Measure.BYTES, ours);
        Optional<Finding> theirs = run.of(theirRow, Measure.BYTES, rival.server());
        return mine.isPresent() && theirs.isPresent()
                ? mine.get().figure().median() / theirs.get().figure().median()
                : 0;
    }
}
