package dev.pounce.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.route.FusedRoute;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * RFC 9110 section 15.5: 408 and 413 with small limits. The other statuses are where their causes
 * are: 414, 417, 421, 431 (RFC 6585), and 501, 505 of section 15.6.
 */
class Rfc9110Section15_5ClientErrorsTest extends WireTest {

    private static TestServer impatient() throws Exception {
        return withRoutes(
                new TestServer(
                        config ->
                                config.with("timeouts.head", "100ms")
                                        .with("timeouts.body", "100ms")));
    }

    private static TestServer small() throws Exception {
        return withRoutes(new TestServer(config -> config.with("limits.body", "10")));
    }

    private static TestServer withRoutes(TestServer made) {
        return made.fused(FusedRoute.bytes("/fused", request -> request.body()).methods("POST"))
                .handler(
                        "/servlet",
                        exchange -> {
                            byte[] content = exchange.body().readAll(1000);
                            exchange.response().write(content, 0, content.length);
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /fused HTTP/1.1",
                "POST /fused HTTP/1.1\nHost: a\nX",
                "POST /fused HTTP/1.1\nHost: a\nContent-Length: 2\n\nx",
                "POST /servlet HTTP/1.1\nHost: a\nContent-Length: 2\n\nx",
                "POST /fused HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n1\n",
                "POST /servlet HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n1\n",
            })
    void whatDoesNotComeInTimeIs408(String request) throws Exception {
        try (TestServer impatient = impatient();
                RawClient client = impatient.connect()) {
            client.send(request);
            assertRefusal(408, client.readToEnd());
        }
    }

    @Test
    void aConnectionThatSaysNothingIsClosedWithoutAnAnswer() throws Exception {
        try (TestServer impatient = impatient();
                RawClient client = impatient.connect()) {
            assertEquals("", client.readToEnd());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /fused HTTP/1.1\nHost: a\nContent-Length: 11\n\n",
                "POST /servlet HTTP/1.1\nHost: a\nContent-Length: 11\n\n",
                "POST /servlet HTTP/1.1\nHost: a\nContent-Length: 11\n\n12345678901",
                "POST /fused HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\nb\n12345678901\n",
                "POST /servlet HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\nb\n12345678901\n",
            })
    void contentAboveTheLimitIs413(String request) throws Exception {
        try (TestServer small = small();
                RawClient client = small.connect()) {
            client.send(request);
            assertRefusal(413, client.readToEnd());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fused", "/servlet"})
    void contentOfExactlyTheLimitIsServed(String path) throws Exception {
        try (TestServer small = small();
                RawClient client = small.connect()) {
            client.send(
                    """
                    POST %s HTTP/1.1
                    Host: a
                    Transfer-Encoding: chunked

                    a
                    1234567890
                    0

                    """
                            .formatted(path));
            assertAnswer("1234567890", client);
        }
    }

    @Test
    void anAnswerBesideContentThatIsTooLongSaysThatTheConnectionCloses() throws Exception {
        try (TestServer small = small().handler("/ignores", e -> write(e.response(), "ignored"));
                RawClient client = small.connect()) {
            client.send(
                    """
                    POST /ignores HTTP/1.1
                    Host: a
                    Content-Length: 11

                    12345678901\
                    """);
            String answer = client.readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 200 OK\n"), answer);
            assertTrue(answer.contains("\nConnection: close\n"), answer);
        }
    }
}
