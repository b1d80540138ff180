package dev.pounce.bench.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pounce.Pounce;
import dev.pounce.config.ServerConfig;
import dev.pounce.route.FusedRoute;

/**
 * Fused handlers, with the configuration that nothing was set in but the settings that are given as
 * arguments, such as {@code workers=1}.
 */
public final class PounceServer {

    private static final byte[] BODY = "Hello, World!".getBytes(US_ASCII);

    private PounceServer() {}

    /** Runs until the end of standard input. */
    public static void main(String[] args) throws Exception {
        ServerConfig config = ServerConfig.defaults().withHost("127.0.0.1").withPort(0);
        for (String setting : args) {
            String[] parts = setting.split("=", 2);
            config = config.with(parts[0], parts[1]);
        }
        Pounce server = Pounce.create(config);
        server.fused(
                "",
                FusedRoute.bytes("/hello", request -> BODY.clone())
                        .contentType("text/plain; charset=utf-8"));
        server.fused("", FusedRoute.text("/burn", request -> Burn.answer()));
        server.start();
        Standby.serve(server.port());
    }
}
