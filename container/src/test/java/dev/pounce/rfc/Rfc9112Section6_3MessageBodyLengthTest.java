package dev.pounce.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.exchange.Response;
import dev.pounce.route.Handler;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112 section 6.3: where the content of a message ends, in both directions. */
class Rfc9112Section6_3MessageBodyLengthTest extends WireTest {

    @BeforeAll
    static void routes() {
        for (int status : new int[] {204, 205, 304}) {
            server.handler("/finished/" + status, ended(status, false));
            server.handler("/flushed/" + status, ended(status, true));
        }
        server.handler(
                "/stream",
                exchange -> {
                    write(exchange.response(), "one");
                    exchange.response().flush();
                    write(exchange.response(), "two");
                });
    }

    private static Handler ended(int status, boolean flushed) {
        return exchange -> {
            Response response = exchange.response();
            response.status(status);
            write(response, "content that must not be sent");
            if (flushed) {
                response.flush();
                write(response, "nor this");
            }
        };
    }

    @Test
    void aRequestWithoutALengthHasNoContent() throws Exception {
        assertServed(
                "POST ",
                """
                POST /fused HTTP/1.1
                Host: a

                """);
    }

    @Test
    void getMayHaveContent() throws Exception {
        assertServed(
                "GET abc",
                """
                GET /fused HTTP/1.1
                Host: a
                Content-Length: 3

                abc\
                """);
    }

    @Test
    void bytesBehindTheContentAreTheNextRequest() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    POST /fused HTTP/1.1
                    Host: a
                    Content-Length: 3

                    abcGET /servlet HTTP/1.1
                    Host: a

                    """);
            assertAnswer("POST abc", client);
            assertAnswer("GET ", client);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/finished/204",
                "/flushed/204",
                "/finished/205",
                "/flushed/205",
                "/finished/304",
                "/flushed/304"
            })
    void statusesWithoutContentSendNoneAndKeepTheConnection(String path) throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET %s HTTP/1.1
                    Host: a

                    GET /fused HTTP/1.1
                    Host: a

                    """
                            .formatted(path));
            String status = path.substring(path.length() - 3);
            String head = client.readHead();
            assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
            assertFalse(head.contains("Transfer-Encoding"), head);
            assertEquals(status.equals("205"), head.contains("\nContent-Length: 0\n"), head);
            assertAnswer("GET ", client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fused", "/servlet", "/stream"})
    void anAnswerToHeadHasNoContent(String path) throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    HEAD %s HTTP/1.1
                    Host: a

                    GET /fused HTTP/1.1
                    Host: a

                    """
                            .formatted(path));
            assertTrue(client.readHead().startsWith("HTTP/1.1 200 OK\n"));
            assertAnswer("GET ", client);
        }
    }

    @Test
    void contentOfUnknownLengthIsChunkedForHttp11AndEndsWithTheConnectionForHttp10()
            throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /stream HTTP/1.1
                    Host: a

                    """);
            assertTrue(client.readHead().contains("\nTransfer-Encoding: chunked\n"));
            assertEquals("3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n", client.read(21));
        }
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /stream HTTP/1.0
                    Connection: keep-alive

                    """);
            String answer = client.readToEnd();
            assertTrue(answer.contains("\nConnection: close\n"), answer);
            assertTrue(answer.endsWith("\n\nonetwo"), answer);
        }
    }
}
