package dev.pounce.bench.peer;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import java.io.IOException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Vert.x the way its users tune it: an event loop per core, constants made once, native epoll. */
public final class VertxServer extends VerticleBase {

    /** Switches off bookkeeping that costs time; the checks of what a client sends stay on. */
    static final List<String> OPTIONS =
            List.of(
                    "-Dvertx.disableMetrics=true",
                    "-Dvertx.disableContextTimings=true",
                    "-Dvertx.disableTCCL=true",
                    "-Dvertx.threadChecks=false");

    private static final CharSequence TEXT_PLAIN = HttpHeaders.createOptimized("text/plain");
    private static final CharSequence LENGTH = HttpHeaders.createOptimized("13");
    private static final Buffer BODY = Buffer.buffer("Hello, World!");

    /** The Date of RFC 9110 section 5.6.7. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    /** To Vert.x a negative port is a free one that all instances of a verticle share. */
    private static final int SHARED_FREE_PORT = -1;

    private final CompletableFuture<Integer> port;
    private CharSequence date = now();

    private VertxServer(CompletableFuture<Integer> port) {
        this.port = port;
    }

    /** Runs until the end of standard input. */
    public static void main(String[] args) throws IOException {
        int cores = Runtime.getRuntime().availableProcessors();
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(cores)
                                .setPreferNativeTransport(true));
        CompletableFuture<Integer> port = new CompletableFuture<>();
        vertx.deployVerticle(
                        () -> new VertxServer(port), new DeploymentOptions().setInstances(cores))
                .await();
        Standby.serve(port.join());
    }

    @Override
    public Future<HttpServer> start() {
        vertx.setPeriodic(1000, timer -> date = now());
        return vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(SHARED_FREE_PORT, "127.0.0.1")
                .onSuccess(server -> port.complete(server.actualPort()));
    }

    private void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (!request.path().equals("/hello")) {
            response.setStatusCode(404).end();
            return;
        }
        response.headers()
                .add(HttpHeaders.CONTENT_TYPE, TEXT_PLAIN)
                .add(HttpHeaders.DATE, date)
                .add(HttpHeaders.CONTENT_LENGTH, LENGTH);
        response.end(BODY);
    }

    private static CharSequence now() {
        return HttpHeaders.createOptimized(DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
    }
}
