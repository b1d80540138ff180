package dev.pounce.bench.peer;

import dev.pounce.bench.app.Content;
import dev.pounce.bench.app.TimedEvent;

import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import java.io.IOException;
import java.util.List;
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
    private static final CharSequence TEXT_HTML =
            HttpHeaders.createOptimized("text/html; charset=utf-8");
    private static final CharSequence EVENT_STREAM =
            HttpHeaders.createOptimized("text/event-stream");
    private static final CharSequence LENGTH = HttpHeaders.createOptimized("13");
    private static final Buffer BODY = Buffer.buffer(Content.HELLO);

    /** To Vert.x a negative port is a free one that all instances of a verticle share. */
    private static final int SHARED_FREE_PORT = -1;

    private final CompletableFuture<Integer> port;
    private final boolean compressing;
    private final String folder;
    private CharSequence date = now();

    private VertxServer(CompletableFuture<Integer> port, boolean compressing, String folder) {
        this.port = port;
        this.compressing = compressing;
        this.folder = folder;
    }

    /**
     * Runs until the end of standard input.
     *
     * @param args whether responses are compressed, {@code true} or {@code false}, which costs
     *     requests for those that are not; and the folder with files
     */
    public static void main(String[] args) throws IOException {
        int cores = Runtime.getRuntime().availableProcessors();
        Vertx vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(cores)
                                .setPreferNativeTransport(true));
        CompletableFuture<Integer> port = new CompletableFuture<>();
        boolean compressing = Boolean.parseBoolean(args[0]);
        vertx.deployVerticle(
                        () -> new VertxServer(port, compressing, args[1]),
                        new DeploymentOptions().setInstances(cores))
                .await();
        Standby.serve(port.join());
    }

    @Override
    public Future<HttpServer> start() {
        vertx.setPeriodic(1000, timer -> date = now());
        HttpServerOptions options = new HttpServerOptions();
        if (compressing) {
            options.setCompressionSupported(true)
                    .addCompressor(StandardCompressionOptions.gzip())
                    .addCompressor(StandardCompressionOptions.zstd());
        }
        return vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .listen(SHARED_FREE_PORT, "127.0.0.1")
                .onSuccess(server -> port.complete(server.actualPort()));
    }

    private void answer(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.headers().add(HttpHeaders.DATE, date);
        switch (request.path()) {
            case "/hello" -> hello(response);
            case "/page" -> page(response);
            case "/chunks" -> {
                response.setChunked(true).headers().add(HttpHeaders.CONTENT_TYPE, TEXT_PLAIN);
                chunks(response, 0);
            }
            case "/large" -> {
                response.setChunked(true).headers().add(HttpHeaders.CONTENT_TYPE, TEXT_PLAIN);
                parts(response, 0);
            }
            case "/files/100k.txt", "/files/1m.txt" -> response.sendFile(folder + request.path());
            case "/sleep" -> vertx.setTimer(100, timer -> hello(response));
            case "/events" -> events(response, Integer.parseInt(request.getParam("count")));
            default -> response.setStatusCode(404).end();
        }
    }

    private static void hello(HttpServerResponse response) {
        response.headers()
                .add(HttpHeaders.CONTENT_TYPE, TEXT_PLAIN)
                .add(HttpHeaders.CONTENT_LENGTH, LENGTH);
        response.end(BODY);
    }

    private static void page(HttpServerResponse response) {
        Buffer page = Buffer.buffer(Content.PAGE_BYTES);
        for (String piece : Content.page()) {
            page.appendString(piece);
        }
        response.headers().add(HttpHeaders.CONTENT_TYPE, TEXT_HTML);
        response.end(page);
    }

    /**
     * The next chunk is written when the one before has been: else the first ones leave together.
     */
    private static void chunks(HttpServerResponse response, int next) {
        if (next == Content.CHUNKS) {
            response.end();
            return;
        }
        response.write(Buffer.buffer(Content.chunks().get(next)))
                .onSuccess(written -> chunks(response, next + 1));
    }

    private static void parts(HttpServerResponse response, int first) {
        int next = first;
        while (next < Content.PARTS && !response.writeQueueFull()) {
            response.write(Buffer.buffer(Content.parts().get(next++)));
        }
        if (next == Content.PARTS) {
            response.end();
        } else {
            int from = next;
            response.drainHandler(drained -> parts(response, from));
        }
    }

    private void events(HttpServerResponse response, int count) {
        response.setChunked(true).headers().add(HttpHeaders.CONTENT_TYPE, EVENT_STREAM);
        int[] sent = {0};
        vertx.setPeriodic(
                TimedEvent.PERIOD_NANOS / 1_000_000,
                timer -> {
                    response.write(Buffer.buffer(TimedEvent.now(sent[0]++)));
                    if (sent[0] == count) {
                        vertx.cancelTimer(timer);
                        response.end();
                    }
                });
    }

    private static CharSequence now() {
        return HttpHeaders.createOptimized(HttpDate.now());
    }
}
