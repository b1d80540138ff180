package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.route.FusedRoute;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** RFC 9112: what is ambiguous or malformed is refused with a status, a code and a close. */
class StrictFramingTest {
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server =
                new TestServer()
                        .fused(FusedRoute.text("/", request -> "root").methods("GET", "POST"))
                        .handler(
                                "/servlet",
                                exchange -> {
                                    byte[] content = exchange.body().readAll(1 << 20);
                                    exchange.response().write(content, 0, content.length);
                                });
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(400, "bare LF", "GET / HTTP/1.1\nHost: a\n\n"),
                Arguments.of(400, "bare CR", "GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n"),
                Arguments.of(400, "no Host", "GET / HTTP/1.1\r\n\r\n"),
                Arguments.of(400, "two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
                Arguments.of(400, "malformed Host", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
                Arguments.of(400, "no such port", "GET / HTTP/1.1\r\nHost: a:65536\r\n\r\n"),
                Arguments.of(400, "Host port", "GET / HTTP/1.1\r\nHost: a:x\r\n\r\n"),
                Arguments.of(400, "other authority", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of(400, "folded", "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n"),
                Arguments.of(400, "space before colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n"),
                Arguments.of(400, "no colon", "GET / HTTP/1.1\r\nHost: a\r\nnothing\r\n\r\n"),
                Arguments.of(400, "NUL", "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"),
                Arguments.of(400, "two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of(400, "no version", "GET /\r\nHost: a\r\n\r\n"),
                Arguments.of(505, "HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
                Arguments.of(501, "CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n"),
                Arguments.of(417, "expectation", post("Expect: magic")),
                Arguments.of(400, "two lengths", post("Content-Length: 1\r\nContent-Length: 1")),
                Arguments.of(400, "a list of lengths", post("Content-Length: 1, 1")),
                Arguments.of(400, "a signed length", post("Content-Length: +5")),
                Arguments.of(400, "an empty length", post("Content-Length:")),
                Arguments.of(413, "a long length", post("Content-Length: 9999999999999999999")),
                Arguments.of(
                        400,
                        "length and chunked",
                        post("Content-Length: 1\r\nTransfer-Encoding: chunked")),
                Arguments.of(501, "unknown coding", post("Transfer-Encoding: gzip")),
                Arguments.of(400, "chunked first", post("Transfer-Encoding: chunked, gzip")),
                Arguments.of(400, "chunked twice", post("Transfer-Encoding: chunked, chunked")),
                Arguments.of(
                        400,
                        "coding in HTTP/1.0",
                        "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"),
                Arguments.of(400, "no chunk size", chunked("\r\n")),
                Arguments.of(400, "signed chunk size", chunked("+1\r\na\r\n0\r\n\r\n")),
                Arguments.of(400, "blank in size", chunked("1 \r\na\r\n0\r\n\r\n")),
                Arguments.of(400, "chunk too long", chunked("1\r\nab\r\n0\r\n\r\n")),
                Arguments.of(400, "LF after chunk", chunked("1\r\na\n0\r\n\r\n")),
                Arguments.of(400, "LF after size", chunked("1\na\r\n0\r\n\r\n")),
                Arguments.of(400, "huge size", chunked("1000000000000000\r\n")),
                Arguments.of(400, "bad trailer", chunked("0\r\nno colon\r\n\r\n")),
                Arguments.of(400, "climbs out", "GET /../x HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of(400, "encoded dots", "GET /a/%2e%2e/x HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of(400, "encoded slash", "GET /a%2fb HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of(400, "broken encoding", "GET /a%2 HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of(400, "no UTF-8", "GET /a%ff HTTP/1.1\r\nHost: a\r\n\r\n"),
                Arguments.of(414, "long target", "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n"),
                Arguments.of(
                        431,
                        "large head",
                        "GET / HTTP/1.1\r\nHost: a\r\nX: " + "a".repeat(70_000) + "\r\n\r\n"),
                Arguments.of(
                        431,
                        "many fields",
                        "GET / HTTP/1.1\r\nHost: a\r\n" + "X: a\r\n".repeat(100) + "\r\n"));
    }

    private static String post(String fields) {
        return "POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n\r\n";
    }

    private static String chunked(String body) {
        return post("Transfer-Encoding: chunked") + body;
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("refused")
    void isRefusedAndClosed(int status, String what, String request) throws Exception {
        try (RawClient client = server.connect()) {
            client.sendExactly(request);
            String answer = client.readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
            assertTrue(answer.contains("\nPounce-Error: POUNCE_"), answer);
            assertTrue(answer.contains("\nConnection: close\n"), answer);
        }
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("refused")
    void isRefusedAByteAtATimeToo(int status, String what, String request) throws Exception {
        if (request.length() > 1000) {
            return;
        }
        try (RawClient client = server.connect()) {
            for (int i = 0; i < request.length(); i++) {
                try {
                    client.sendExactly(request.substring(i, i + 1));
                } catch (java.io.IOException e) {
                    break;
                }
            }
            assertTrue(client.readToEnd().startsWith("HTTP/1.1 " + status + " "));
        }
    }

    @Test
    void aBadChunkOnTheServletPathIs400Too() throws Exception {
        try (RawClient client = server.connect()) {
            client.sendExactly(
                    "POST /servlet HTTP/1.1\r\n"
                            + "Host: a\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n"
                            + "zz\r\n");
            assertTrue(client.readToEnd().startsWith("HTTP/1.1 400 "));
        }
    }

    @Test
    void dotSegmentsAndParametersAreTakenOff() throws Exception {
        try (RawClient client = server.connect()) {
            client.sendExactly("GET /a/./../;x=1 HTTP/1.1\r\nHost: a\r\n\r\n");
            assertTrue(client.readHead().startsWith("HTTP/1.1 400 "));
        }
        try (RawClient client = server.connect()) {
            client.sendExactly("GET /servlet;x=1 HTTP/1.1\r\nHost: a\r\n\r\n");
            assertTrue(client.readHead().startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void pipelinedRequestsOfBothPathsAreAnsweredInOrder() throws Exception {
        try (RawClient client = server.connect()) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                requests.append("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                requests.append("POST /servlet HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n");
                requests.append(String.format("%02d", i));
            }
            client.sendExactly(requests.toString());
            for (int i = 0; i < 50; i++) {
                client.readHead();
                assertEquals("root", client.read(4));
                client.readHead();
                assertEquals(String.format("%02d", i), client.read(2));
            }
        }
    }
}
