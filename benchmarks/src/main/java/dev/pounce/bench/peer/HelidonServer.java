package dev.pounce.bench.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pounce.bench.app.Content;
import dev.pounce.bench.app.TimedEvent;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.concurrent.locks.LockSupport;

/** Helidon SE, a virtual thread for each connection; gzip is on because its jar is there. */
public final class HelidonServer {

    private static final byte[] BODY = Content.HELLO.getBytes(US_ASCII);
    private static final String TEXT_PLAIN = "text/plain";

    private HelidonServer() {}

    /** Runs until the end of standard input. */
    public static void main(String[] args) throws Exception {
        HttpRouting.Builder routing =
                HttpRouting.builder()
                        .get("/hello", (request, response) -> hello(response))
                        .get("/page", (request, response) -> page(response))
                        .get("/chunks", (request, response) -> chunks(response))
                        .get("/large", (request, response) -> large(response))
                        .get("/sleep", (request, response) -> sleep(response))
                        .get("/events", HelidonServer::events);
        WebServerConfig.Builder config =
                WebServer.builder().host("127.0.0.1").port(0).backlog(2048).addRouting(routing);
        Standby.keepAlive().ifPresent(config::idleConnectionTimeout);
        WebServer server = config.build().start();
        Standby.serve(server.port());
    }

    private static void hello(ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, TEXT_PLAIN).send(BODY);
    }

    private static void page(ServerResponse response) throws IOException {
        response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
        try (Writer writer = new OutputStreamWriter(response.outputStream(), UTF_8)) {
            for (String piece : Content.page()) {
                writer.write(piece);
            }
        }
    }

    private static void chunks(ServerResponse response) throws IOException {
        response.header(HeaderNames.CONTENT_TYPE, TEXT_PLAIN);
        try (OutputStream output = response.outputStream()) {
            for (byte[] chunk : Content.chunks()) {
                output.write(chunk);
                output.flush();
            }
        }
    }

    private static void large(ServerResponse response) throws IOException {
        response.header(HeaderNames.CONTENT_TYPE, TEXT_PLAIN);
        try (OutputStream output = response.outputStream()) {
            for (byte[] part : Content.parts()) {
                output.write(part);
            }
        }
    }

    private static void sleep(ServerResponse response) throws InterruptedException {
        Thread.sleep(100);
        hello(response);
    }

    private static void events(ServerRequest request, ServerResponse response) throws IOException {
        int count = Integer.parseInt(request.query().get("count"));
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
        try (OutputStream output = response.outputStream()) {
            long next = System.nanoTime();
            for (int i = 0; i < count; i++) {
                output.write(TimedEvent.now(i));
                output.flush();
                next += TimedEvent.PERIOD_NANOS;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }
}
