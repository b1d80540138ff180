package dev.pounce.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.Response;
import dev.pounce.route.FusedRoute;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;
import dev.pounce.testing.Wire;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the tests of sections share: a server that answers {@code /fused} in place and {@code
 * /servlet} on a virtual thread, both with the method, the content and the trailers of the request,
 * and the rule that a refused request is answered once, with a code and a close, however it was cut
 * and whichever of the two would have served it.
 */
abstract class WireTest {
    static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server =
                new TestServer()
                        .fused(
                                FusedRoute.text(
                                                "/fused",
                                                request ->
                                                        echo(
                                                                request.method(),
                                                                request.body(),
                                                                request.trailers()))
                                        .methods("GET", "POST"))
                        .handler("/servlet", WireTest::echo);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static void echo(Exchange exchange) throws IOException {
        byte[] content = exchange.body().readAll(1 << 20);
        String text = echo(exchange.request().method(), content, exchange.body().trailers());
        write(exchange.response(), text);
    }

    private static String echo(String method, byte[] content, Map<String, String> trailers) {
        String text = method + " " + new String(content, StandardCharsets.ISO_8859_1);
        return trailers.isEmpty() ? text : text + " " + new TreeMap<>(trailers);
    }

    static void write(Response response, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.write(bytes, 0, bytes.length);
    }

    /** The request on each of the two ways. */
    private static List<String> onBothWays(String request) {
        return request.contains(" /fused ")
                ? List.of(request, request.replace(" /fused ", " /servlet "))
                : List.of(request);
    }

    /** Asserts that the request is refused with that status and a close. */
    static void assertRefused(int status, String request) throws IOException {
        for (String each : onBothWays(request)) {
            byte[] bytes = Wire.bytes(each);
            try (RawClient client = server.connect()) {
                client.sendBytes(bytes);
                assertRefusal(status, client.readToEnd());
            }
            if (bytes.length < 1000) {
                try (RawClient client = server.connect()) {
                    sendByteByByte(client, bytes);
                    assertRefusal(status, client.readToEnd());
                }
            }
        }
    }

    static void assertRefusal(int status, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        assertTrue(answer.contains("\nPounce-Error: POUNCE_"), answer);
        assertTrue(answer.contains("\nConnection: close\n"), answer);
        assertEquals(1, answer.split("HTTP/1\\.1 ", -1).length - 1, answer);
    }

    /** The server may have refused and closed before the last byte. */
    private static void sendByteByByte(RawClient client, byte[] bytes) {
        try {
            for (byte b : bytes) {
                client.sendBytes(new byte[] {b});
            }
        } catch (IOException closed) {
            assertTrue(client.socket().isConnected());
        }
    }

    /** Asserts that the request is answered with 200 and that content, and the connection kept. */
    static void assertServed(String content, String request) throws IOException {
        for (String each : onBothWays(request)) {
            try (RawClient client = server.connect()) {
                client.sendBytes(Wire.bytes(each));
                assertAnswer(content, client);
                client.sendBytes(Wire.bytes(each));
                assertAnswer(content, client);
            }
        }
    }

    /** Asserts that the next answer is 200 with that content. */
    static void assertAnswer(String content, RawClient client) throws IOException {
        String head = client.readHead();
        assertTrue(head.startsWith("HTTP/1.1 200 OK\n"), head);
        int length = content.getBytes(StandardCharsets.UTF_8).length;
        assertTrue(head.contains("\nContent-Length: " + length + "\n"), head);
        assertEquals(content, new String(client.readBytes(length), StandardCharsets.UTF_8), head);
    }
}
