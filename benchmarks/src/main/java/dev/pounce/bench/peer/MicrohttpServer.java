package dev.pounce.bench.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pounce.bench.app.Content;

import org.microhttp.EventLoop;
import org.microhttp.Header;
import org.microhttp.NoopLogger;
import org.microhttp.Options;
import org.microhttp.OptionsBuilder;
import org.microhttp.Response;

import java.util.List;

/** Microhttp, an event loop per core; its handler answers on the loop. */
public final class MicrohttpServer {

    private static final byte[] BODY = Content.HELLO.getBytes(US_ASCII);
    private static final Header TYPE = new Header("Content-Type", "text/plain");

    private MicrohttpServer() {}

    /** Runs until the end of standard input. */
    public static void main(String[] args) throws Exception {
        OptionsBuilder options =
                Options.builder()
                        .withHost("127.0.0.1")
                        .withPort(0)
                        .withAcceptLength(2048)
                        .withConcurrency(Runtime.getRuntime().availableProcessors());
        Standby.keepAlive().ifPresent(options::withRequestTimeout);
        EventLoop loop =
                new EventLoop(
                        options.build(),
                        NoopLogger.instance(),
                        (request, answer) -> answer.accept(respond(request.uri())));
        loop.start();
        Standby.serve(loop.getPort());
    }

    private static Response respond(String target) {
        List<Header> fields = List.of(TYPE, new Header("Date", HttpDate.now()));
        return target.equals("/hello")
                ? new Response(200, "OK", fields, BODY)
                : new Response(404, "Not Found", fields, new byte[0]);
    }
}
