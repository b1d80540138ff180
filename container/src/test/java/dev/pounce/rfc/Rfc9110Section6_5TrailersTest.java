package dev.pounce.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.exchange.Response;
import dev.pounce.route.Handler;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.Map;

/** RFC 9110 section 6.5: trailers of responses. Those of requests: RFC 9112 section 7.1.2. */
class Rfc9110Section6_5TrailersTest extends WireTest {
    private static volatile String forbidden = "";

    @BeforeAll
    static void routes() {
        server.handler("/trailers", with(false));
        server.handler("/flushed", with(true));
        server.handler(
                "/forbidden",
                exchange -> {
                    exchange.response().trailers(() -> Map.of(forbidden, "5"));
                    write(exchange.response(), "content");
                });
    }

    private static Handler with(boolean flushed) {
        return exchange -> {
            Response response = exchange.response();
            int[] written = {0};
            response.trailers(() -> Map.of("X-Written", written[0] + ""));
            write(response, "content");
            written[0] = 7;
            if (flushed) {
                response.flush();
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"/trailers", "/flushed"})
    void trailersAreAskedForAtTheEndAndSentBehindTheContent(String path) throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET %s HTTP/1.1
                    Host: a
                    TE: trailers
                    Connection: TE

                    GET /fused HTTP/1.1
                    Host: a

                    """
                            .formatted(path));
            assertTrue(client.readHead().contains("\nTransfer-Encoding: chunked\n"));
            String content = "7\r\ncontent\r\n0\r\nX-Written: 7\r\n\r\n";
            assertEquals(content, client.read(content.length()));
            assertAnswer("GET ", client);
        }
    }

    @Test
    void http10GetsTheContentWithoutThem() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /trailers HTTP/1.0

                    """);
            String answer = client.readToEnd();
            assertTrue(answer.endsWith("\n\ncontent"), answer);
        }
    }

    @Test
    void headGetsNone() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    HEAD /trailers HTTP/1.1
                    Host: a
                    Connection: close

                    """);
            assertFalse(client.readToEnd().contains("X-Written"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length", "transfer-encoding", "Set-Cookie", "Location", "If-Match"})
    void aFieldThatMustNotBeATrailerIsAnErrorOfTheApplication(String name) throws Exception {
        forbidden = name;
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /forbidden HTTP/1.1
                    Host: a

                    """);
            assertThrows(
                    IOException.class,
                    () -> {
                        client.readHead();
                        client.readChunk();
                        client.readChunk();
                    });
        }
    }
}
