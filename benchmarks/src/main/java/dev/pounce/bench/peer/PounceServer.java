package dev.pounce.bench.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pounce.Pounce;
import dev.pounce.config.ServerConfig;
import dev.pounce.route.FusedRoute;

/** A fused handler, with the configuration that nothing was set in. */
public final class PounceServer {

    private static final byte[] BODY = "Hello, World!".getBytes(US_ASCII);

    private PounceServer() {}

    /** Runs until the end of standard input. */
    public static void main(String[] args) throws Exception {
        Pounce server = Pounce.create(ServerConfig.defaults().withHost("127.0.0.1").withPort(0));
        server.fused(
                "",
                FusedRoute.bytes("/hello", request -> BODY.clone())
                        .contentType("text/plain; charset=utf-8"));
        server.start();
        Standby.serve(server.port());
    }
}
