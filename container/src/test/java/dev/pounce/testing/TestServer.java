package dev.pounce.testing;

import dev.pounce.config.ServerConfig;
import dev.pounce.exchange.Exchange;
import dev.pounce.route.ContextRoutes;
import dev.pounce.route.FusedRoute;
import dev.pounce.route.Handler;
import dev.pounce.route.InFlight;
import dev.pounce.route.Pace;
import dev.pounce.route.PathPattern;
import dev.pounce.route.RequestQueue;
import dev.pounce.route.Route;
import dev.pounce.route.RouteTable;
import dev.pounce.server.HttpServer;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** A server on a free loopback port with routes of a test. */
public final class TestServer implements AutoCloseable {
    private final HttpServer server;
    private final List<Route> routes = new ArrayList<>();
    private final List<FusedRoute> fused = new ArrayList<>();
    private InFlight counted = new InFlight();

    /** A server with one worker. */
    public TestServer() throws IOException {
        this(config -> config);
    }

    /** A server with one worker and further settings. */
    public TestServer(UnaryOperator<ServerConfig> settings) throws IOException {
        this(settings, System::nanoTime);
    }

    /** A server with one worker, further settings, and a clock that the test moves. */
    public TestServer(UnaryOperator<ServerConfig> settings, LongSupplier clock) throws IOException {
        server =
                new HttpServer(
                        settings.apply(
                                ServerConfig.defaults()
                                        .withHost("127.0.0.1")
                                        .withPort(0)
                                        .withWorkers(1)),
                        clock,
                        Clock.systemDefaultZone());
        server.start();
    }

    /** Adds a fused route to the root context. */
    public TestServer fused(FusedRoute route) {
        fused.add(route);
        publish();
        return this;
    }

    /** Adds a handler on a virtual thread to the root context. */
    public TestServer handler(String pattern, Handler handler) {
        routes.add(counted.counted(new Route(PathPattern.ofServlet(pattern), handler, pattern)));
        publish();
        return this;
    }

    /** Adds a handler that may wait, and starts in place as long as it is short. */
    public TestServer learned(String pattern, Handler handler) {
        return handler(pattern, learned(handler));
    }

    /** The same handler, started in place as long as it is short. */
    public static Handler learned(Handler handler) {
        Pace pace = new Pace();
        return new Handler() {
            @Override
            public void handle(Exchange exchange) throws Exception {
                handler.handle(exchange);
            }

            @Override
            public Execution execution(String method) {
                return Execution.LEARNED;
            }

            @Override
            public Pace pace() {
                return pace;
            }
        };
    }

    /** Has the requests of all handlers that are added afterwards wait in a queue. */
    public TestServer queue(RequestQueue shared) {
        counted = new InFlight(shared);
        return this;
    }

    private void publish() {
        List<Route> all = new ArrayList<>(routes);
        all.addAll(FusedRoute.compile("", fused));
        server.routes(new RouteTable(List.of(new ContextRoutes("", all))));
    }

    /** Connects. */
    public RawClient connect() throws IOException {
        return new RawClient(server.port());
    }

    /** The server. */
    public HttpServer server() {
        return server;
    }

    @Override
    public void close() throws InterruptedException {
        server.stop();
    }
}
