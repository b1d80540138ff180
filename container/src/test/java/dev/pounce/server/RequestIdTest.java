package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.route.FusedRoute;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

@Timeout(60)
class RequestIdTest {

    private static ObservedServer start(boolean trust, boolean header) throws Exception {
        return new ObservedServer(
                        config ->
                                config.with("request_id.trust", trust + "")
                                        .with("request_id.header", header + ""))
                .fused(FusedRoute.text("/fused", request -> "ok"))
                .fused(
                        FusedRoute.text(
                                "/broken",
                                request -> {
                                    throw new IllegalStateException("on purpose");
                                }))
                .handler(
                        "/own",
                        exchange -> {
                            byte[] id = exchange.requestId().getBytes(StandardCharsets.US_ASCII);
                            exchange.response().finish(id);
                        });
    }

    private static String get(String path, String fields) {
        return "GET " + path + " HTTP/1.1\nHost: localhost\nConnection: close\n" + fields + "\n";
    }

    private static String id(ObservedServer server, long connection, int number) {
        return server.server().settings().responses().requestIds().text(connection, number);
    }

    private static String line(String id) {
        return "\nX-Request-Id: " + id + "\n";
    }

    @Test
    void theHeaderIsOffUnlessItIsWanted() throws Exception {
        try (ObservedServer server = start(true, false)) {
            String answer = server.exchange(get("/fused", "X-Request-Id: mine\n"));
            assertFalse(answer.contains("X-Request-Id"), answer);
        }
    }

    @Test
    void everyResponseNamesItsRequest() throws Exception {
        try (ObservedServer server = start(false, true)) {
            String first = server.exchange(get("/fused", ""));
            String broken = server.exchange(get("/broken", ""));
            String own = server.exchange(get("/own", ""));
            String refused = server.exchange("no request\n\n");
            assertTrue(first.contains(line(id(server, 1, 1))), first);
            assertTrue(broken.startsWith("HTTP/1.1 500 "), broken);
            assertTrue(broken.contains(line(id(server, 2, 1))), broken);
            assertTrue(own.contains(line(id(server, 3, 1))), own);
            assertTrue(own.endsWith("\n\n" + id(server, 3, 1)), own);
            assertTrue(refused.contains(line(id(server, 4, 1))), refused);
        }
    }

    @Test
    void theClientsNameIsTakenWhereItIsTrusted() throws Exception {
        String token = "aZ09!#$%&'*+-.^_`|~" + "x".repeat(109);
        try (ObservedServer server = start(true, true)) {
            String answer = server.exchange(get("/own", "x-request-id: " + token + "\n"));
            assertTrue(answer.contains(line(token)), answer);
            assertTrue(answer.endsWith("\n\n" + token), answer);
        }
    }

    @Test
    void theClientsNameIsNotTakenWhereItIsNotTrusted() throws Exception {
        try (ObservedServer server = start(false, true)) {
            String answer = server.exchange(get("/own", "X-Request-Id: mine\n"));
            assertEquals(id(server, 1, 1), answer.replaceFirst("(?s).*\n\n", ""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "quote\"", "a\u00e9", "a,b", "{}"})
    void aNameThatIsNoTokenIsNotTaken(String name) throws Exception {
        try (ObservedServer server = start(true, true)) {
            String answer = server.exchange(get("/own", "X-Request-Id: " + name + "\n"));
            assertEquals(id(server, 1, 1), answer.replaceFirst("(?s).*\n\n", ""));
        }
    }

    @Test
    void aNameThatIsTooLongIsNotTaken() throws Exception {
        try (ObservedServer server = start(true, true)) {
            String field = "X-Request-Id: " + "x".repeat(129) + "\n";
            String answer = server.exchange(get("/own", field));
            assertEquals(id(server, 1, 1), answer.replaceFirst("(?s).*\n\n", ""));
        }
    }
}
