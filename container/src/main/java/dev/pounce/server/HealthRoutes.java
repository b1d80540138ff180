package dev.pounce.server;

import dev.pounce.config.HealthConfig;
import dev.pounce.exchange.ErrorResponse;
import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.Response;
import dev.pounce.protocol.RequestHead;
import dev.pounce.route.Handler;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * The server's own answers to whoever asks whether it lives, and whether it is ready for requests;
 * they go before the routes of applications. Immutable.
 */
final class HealthRoutes {
    private static final byte[] LIVE = "live\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] READY = "ready\n".getBytes(StandardCharsets.US_ASCII);

    private final byte @Nullable [] livePath;
    private final byte @Nullable [] readyPath;
    private final Handler live = Handler.inPlace(exchange -> answer(exchange, LIVE));
    private final Handler ready = Handler.inPlace(this::answerReady);
    private final BooleanSupplier isReady;

    HealthRoutes(HealthConfig health, BooleanSupplier isReady) {
        this.livePath = bytes(health.livePath());
        this.readyPath = bytes(health.readyPath());
        this.isReady = isReady;
    }

    private static byte @Nullable [] bytes(String path) {
        return path.equals(HealthConfig.NONE) ? null : path.getBytes(StandardCharsets.US_ASCII);
    }

    /** Who answers a request, or null when it is not about the server's health. */
    @Nullable Handler match(RequestHead head) {
        if (readyPath != null && head.pathEquals(readyPath)) {
            return ready;
        }
        return livePath != null && head.pathEquals(livePath) ? live : null;
    }

    private void answerReady(Exchange exchange) throws IOException {
        if (isReady.getAsBoolean()) {
            answer(exchange, READY);
        } else {
            exchange.response().fields().set("Cache-Control", "no-store");
            ErrorResponse.send(exchange.response(), 503, "POUNCE_STATE_DRAINING");
        }
    }

    private static void answer(Exchange exchange, byte[] text) throws IOException {
        Response response = exchange.response();
        String method = exchange.request().method();
        response.fields().set("Cache-Control", "no-store");
        if (method.equals("GET") || method.equals("HEAD")) {
            response.fields().set("Content-Type", "text/plain; charset=utf-8");
            response.finish(text);
        } else {
            response.fields().set("Allow", "GET, HEAD");
            ErrorResponse.send(response, 405, "POUNCE_ROUTE_METHOD");
        }
    }
}
