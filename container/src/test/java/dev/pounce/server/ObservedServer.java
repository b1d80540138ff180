package dev.pounce.server;

import dev.pounce.config.ServerConfig;
import dev.pounce.route.ContextRoutes;
import dev.pounce.route.FusedRoute;
import dev.pounce.route.Handler;
import dev.pounce.route.PathPattern;
import dev.pounce.route.Route;
import dev.pounce.route.RouteTable;
import dev.pounce.testing.RawClient;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** A server with one worker whose clocks stand still until they are moved. */
final class ObservedServer implements AutoCloseable {
    private static final Instant BEGIN = Instant.parse("2026-11-25T13:05:09.250Z");

    private static final long STEP = 50_000_000L;

    private final AtomicLong nanos = new AtomicLong();
    private volatile long stopping;
    private final HttpServer server;
    private final List<Route> routes = new ArrayList<>();
    private final List<FusedRoute> fused = new ArrayList<>();

    ObservedServer(UnaryOperator<ServerConfig> settings) throws IOException {
        ServerConfig config =
                ServerConfig.defaults().withHost("127.0.0.1").withPort(0).withWorkers(1);
        server = new HttpServer(settings.apply(config), this::now, new Wall(ZoneOffset.ofHours(2)));
        server.start();
    }

    /** A server that logs to a file. */
    static ObservedServer logging(Path file, UnaryOperator<ServerConfig> settings)
            throws IOException {
        return new ObservedServer(
                config ->
                        settings.apply(
                                config.with("access_log.enabled", "true")
                                        .with("access_log.file", file.toString())));
    }

    private final class Wall extends Clock {
        private final ZoneId zone;

        Wall(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new Wall(other);
        }

        @Override
        public Instant instant() {
            return BEGIN.plusNanos(now());
        }
    }

    /** While it stops they run, in steps, so that who asks both has the same time of both. */
    private long now() {
        long since = stopping;
        return nanos.get() + (since == 0 ? 0 : (System.nanoTime() - since) / STEP * STEP);
    }

    /** Moves the clocks. */
    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    ObservedServer fused(FusedRoute route) {
        fused.add(route);
        publish();
        return this;
    }

    /** Adds a handler on a virtual thread. */
    ObservedServer handler(String pattern, Handler handler) {
        routes.add(new Route(PathPattern.ofServlet(pattern), handler, pattern));
        publish();
        return this;
    }

    private void publish() {
        List<Route> all = new ArrayList<>(routes);
        all.addAll(FusedRoute.compile("", fused));
        server.routes(new RouteTable(List.of(new ContextRoutes("", all))));
    }

    RawClient connect() throws IOException {
        return new RawClient(server.port());
    }

    /** Sends a request that ends its connection; returns the whole answer. */
    String exchange(String request) throws IOException {
        try (RawClient client = connect()) {
            client.send(request);
            return client.readToEnd();
        }
    }

    HttpServer server() {
        return server;
    }

    /** A drain needs clocks that go. */
    private void stop() throws InterruptedException {
        while (server.metrics().snapshot().requestsInFlight() > 0) {
            Thread.onSpinWait();
        }
        stopping = System.nanoTime();
        server.stop();
    }

    /** Stops the server; returns the log with the word of this run taken out of identifiers. */
    String logAtEnd() throws IOException, InterruptedException {
        stop();
        return log();
    }

    /** What is written at the moment. */
    String log() throws IOException, InterruptedException {
        server.observer().flushLogs();
        Path file = server.config().accessLog().file();
        String run = server.settings().responses().requestIds().text(1, 1).replaceFirst("-.*", "");
        return Files.readString(file, StandardCharsets.ISO_8859_1).replace(run, "RUN");
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
