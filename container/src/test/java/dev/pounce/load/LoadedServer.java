package dev.pounce.load;

import dev.pounce.config.ServerConfig;
import dev.pounce.exchange.Response;
import dev.pounce.route.ContextRoutes;
import dev.pounce.route.FusedRoute;
import dev.pounce.route.PathPattern;
import dev.pounce.route.Route;
import dev.pounce.route.RouteTable;
import dev.pounce.server.HttpServer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A server in a process of its own, with the heap that {@code bin/pounce} has. It answers {@code
 * /hello} in place, {@code /large} in place, and {@code /streamed} on a virtual thread. On {@code
 * /events} it sends an event stream, whose next event it sends when it is told to.
 */
final class LoadedServer extends LoadProcess {

    /** The content of {@code /hello}. */
    static final String HELLO = "Hello, World!";

    /** The length of {@code /large}. */
    static final int LARGE = 256 << 10;

    private static final int STREAMED = 16 << 20;

    private final int port;

    /**
     * Starts one.
     *
     * @param settings such as {@code timeouts.head=5m}
     */
    LoadedServer(String... settings) throws IOException {
        this(List.of("-Xmx2g"), settings);
    }

    /** Starts one with options for its heap. */
    LoadedServer(List<String> heap, String... settings) throws IOException {
        super(
                LoadedServer.class,
                Stream.concat(
                                heap.stream(),
                                Stream.of(
                                        "-XX:+UseParallelGC",
                                        "-XX:+UseCompactObjectHeaders",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"))
                        .toList(),
                List.of(settings));
        port = Integer.parseInt(expect("listening "));
    }

    int port() {
        return port;
    }

    /** CPU time of all its threads so far, in milliseconds. */
    long cpuMillis() {
        return process().info().totalCpuDuration().orElseThrow().toMillis();
    }

    /** How many platform threads it has. */
    int threads() throws IOException {
        for (String line : Files.readAllLines(file("status"))) {
            if (line.startsWith("Threads:")) {
                return Integer.parseInt(line.substring(8).strip());
            }
        }
        throw new IOException("no number of threads in " + file("status"));
    }

    /** How many files and sockets it has open. */
    int descriptors() throws IOException {
        try (var files = Files.list(file("fd"))) {
            return (int) files.count();
        }
    }

    private Path file(String name) {
        return Path.of("/proc", Long.toString(process().pid()), name);
    }

    /** How many connections it has open. */
    int connections() throws IOException {
        send("connections");
        return Integer.parseInt(expect("connections "));
    }

    /** Sends the next event on all streams; returns when no stream has one to send any more. */
    void event() throws IOException {
        send("event");
        expect("event");
    }

    /** How many event streams are open. */
    int streams() throws IOException {
        send("streams");
        return Integer.parseInt(expect("streams "));
    }

    /** How many encoders are lent. */
    int encodersInUse() throws IOException {
        send("encoders");
        return Integer.parseInt(expect("encoders "));
    }

    /** What all encoders are charged, in bytes. */
    long encoderBytes() throws IOException {
        send("charged");
        return Long.parseLong(expect("charged "));
    }

    /** Its memory that is in use, the heap included, in bytes. */
    long resident() throws IOException {
        for (String line : Files.readAllLines(file("smaps_rollup"))) {
            if (line.startsWith("Rss:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        throw new IOException("no Rss in " + file("smaps_rollup"));
    }

    /** What is alive on its heap, after a full collection. */
    Histogram histogram() throws IOException {
        return Histogram.of(process().pid());
    }

    /** The process. */
    public static void main(String[] settings) throws Exception {
        ServerConfig config = ServerConfig.defaults().withHost("127.0.0.1").withPort(0);
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            config = config.with(parts[0], parts[1]);
        }
        byte[] hello = HELLO.getBytes(StandardCharsets.US_ASCII);
        byte[] large = new byte[LARGE];
        List<Route> routes = new ArrayList<>();
        routes.addAll(
                FusedRoute.compile(
                        "",
                        List.of(
                                FusedRoute.bytes("/hello", request -> hello),
                                FusedRoute.bytes("/large", request -> large))));
        routes.add(
                new Route(
                        PathPattern.ofServlet("/streamed"),
                        exchange -> {
                            Response response = exchange.response();
                            for (int sent = 0; sent < STREAMED; sent += large.length) {
                                response.write(large, 0, large.length);
                            }
                        },
                        "streamed"));
        EventSource events = new EventSource();
        routes.add(new Route(PathPattern.ofServlet("/events"), events, "events"));
        HttpServer server = new HttpServer(config);
        server.routes(new RouteTable(List.of(new ContextRoutes("", routes))));
        server.start();
        System.out.println("listening " + server.port());
        try (var commands = reader()) {
            for (String command = commands.readLine();
                    command != null;
                    command = commands.readLine()) {
                System.out.println(
                        switch (command) {
                            case "connections" -> "connections " + server.connections();
                            case "streams" -> "streams " + events.streams();
                            case "encoders" -> "encoders " + server.encodersInUse();
                            case "charged" -> "charged " + server.encoderBytes();
                            case "event" -> {
                                events.next();
                                yield "event";
                            }
                            default -> throw new IllegalArgumentException(command);
                        });
            }
        }
        System.exit(0);
    }
}
