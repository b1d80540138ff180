package dev.pounce.bench;

import static dev.pounce.bench.app.Coding.GZIP;
import static dev.pounce.bench.app.Coding.IDENTITY;
import static dev.pounce.bench.app.Coding.ZSTD;

import dev.pounce.bench.app.Coding;
import dev.pounce.bench.app.Work;
import dev.pounce.bench.peer.Peer;

import java.util.List;
import java.util.Optional;

/** What the client asks for and how; the CPU time of an answer is measured. */
enum Scenario {
    KEPT_ALIVE("kept-alive", Group.FUSED, Shape.KEPT_ALIVE, IDENTITY, Work.HELLO),
    PIPELINED("pipelined", Group.FUSED, Shape.pipelined(16), IDENTITY, Work.HELLO),

    SERVLET("servlet", Group.SERVLET, Shape.KEPT_ALIVE, IDENTITY, Work.SERVLET),
    JSON("json", Group.SERVLET, Shape.KEPT_ALIVE, IDENTITY, Work.JSON),
    SESSION("session", Group.SERVLET, Shape.KEPT_ALIVE, IDENTITY, Work.SESSION),
    ECHO("echo", Group.SERVLET, Shape.KEPT_ALIVE, IDENTITY, Work.ECHO),

    PAGE("page", Group.STREAMING, Shape.KEPT_ALIVE, IDENTITY, Work.PAGE),
    PAGE_GZIP("page-gzip", Group.STREAMING, Shape.KEPT_ALIVE, GZIP, Work.PAGE),
    PAGE_ZSTD("page-zstd", Group.STREAMING, Shape.KEPT_ALIVE, ZSTD, Work.PAGE),
    CHUNKS("chunks", Group.STREAMING, Shape.KEPT_ALIVE, IDENTITY, Work.CHUNKS),
    CHUNKS_GZIP("chunks-gzip", Group.STREAMING, Shape.KEPT_ALIVE, GZIP, Work.CHUNKS),
    CHUNKS_ZSTD("chunks-zstd", Group.STREAMING, Shape.KEPT_ALIVE, ZSTD, Work.CHUNKS),
    LARGE("large", Group.STREAMING, Shape.over(16), IDENTITY, Work.LARGE),
    LARGE_GZIP("large-gzip", Group.STREAMING, Shape.over(16), GZIP, Work.LARGE),
    LARGE_ZSTD("large-zstd", Group.STREAMING, Shape.over(16), ZSTD, Work.LARGE),

    FILE_100K("file-100k", Group.FILES, Shape.KEPT_ALIVE, IDENTITY, Work.FILE_100K),
    FILE_1M("file-1m", Group.FILES, Shape.over(16), IDENTITY, Work.FILE_1M),

    PACED("paced", Group.LOAD, Shape.paced(40), IDENTITY, Work.HELLO, Work.SERVLET),
    SLEEP("sleep", Group.LOAD, Shape.over(512), IDENTITY, Work.SLEEP),
    CONNECTIONS_16(
            "connections-16", Group.LOAD, Shape.over(16), IDENTITY, Work.HELLO, Work.SERVLET),
    CONNECTIONS_256(
            "connections-256", Group.LOAD, Shape.over(256), IDENTITY, Work.HELLO, Work.SERVLET),
    CONNECTIONS_4096(
            "connections-4096", Group.LOAD, Shape.over(4096), IDENTITY, Work.HELLO, Work.SERVLET),
    CONNECTIONS_10000(
            "connections-10000",
            Group.LOAD,
            Shape.over(10_000),
            IDENTITY,
            Work.HELLO,
            Work.SERVLET);

    private final String label;
    private final Group group;
    private final Shape shape;
    private final Coding coding;
    private final List<Work> works;

    Scenario(String label, Group group, Shape shape, Coding coding, Work... works) {
        this.label = label;
        this.group = group;
        this.shape = shape;
        this.coding = coding;
        this.works = List.of(works);
    }

    /** The name for the command line and the tables. */
    String label() {
        return label;
    }

    Group group() {
        return group;
    }

    Shape shape() {
        return shape;
    }

    /** The content coding that the client asks for. */
    Coding coding() {
        return coding;
    }

    /** What is asked for; all that may stand in for each other have one target and one content. */
    Work work() {
        return works.getFirst();
    }

    /** What a server answers with, or empty when it has nothing for it. */
    Optional<Work> workOf(Peer peer) {
        return works.stream().filter(peer.abilities().works()::contains).findFirst();
    }

    /** The heading of its table. */
    String title() {
        StringBuilder title = new StringBuilder("**").append(label).append("**");
        if (shape.depth() > 1) {
            title.append(", requests per write: ").append(shape.depth());
        }
        if (shape.connections() > 0) {
            title.append(", connections: ").append(shape.connections());
        }
        if (shape.pauseMillis() > 0) {
            title.append(", pauses: 0 to ").append(shape.pauseMillis()).append(" ms");
        }
        return title.toString();
    }

    @Override
    public String toString() {
        return label;
    }
}
