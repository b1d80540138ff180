package dev.pounce.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.RawClient;
import dev.pounce.testing.Wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112 section 9.3 with 9.3.2 and 9.6: when a connection is kept, and in which order. */
class Rfc9112Section9_3PersistenceTest extends WireTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: close",
                "connection: Close",
                "Connection: keep-alive, close",
                "Connection: close, keep-alive",
                "Connection: keep-alive\nConnection: close",
                "Connection: x,\tclose ,y",
            })
    void closeClosesAndNothingBehindItIsServed(String lines) throws Exception {
        for (String path : new String[] {"/fused", "/servlet"}) {
            try (RawClient client = server.connect()) {
                client.sendBytes(
                        Wire.bytes(
                                """
                                GET %s HTTP/1.1
                                Host: a
                                %s

                                GET /fused HTTP/1.1
                                Host: a

                                """
                                        .formatted(path, lines)));
                String answers = client.readToEnd();
                assertTrue(answers.contains("\nConnection: close\n"), answers);
                assertTrue(answers.endsWith("\n\nGET "), answers);
                assertEquals(2, answers.split("HTTP/1\\.1 200", -1).length, answers);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: keep-alive\n", "Connection: closed\n"})
    void http11IsKept(String line) throws Exception {
        assertServed("GET ", "GET /fused HTTP/1.1\nHost: a\n" + line + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: close\n", "Connection: x\n"})
    void http10IsClosed(String line) throws Exception {
        for (String path : new String[] {"/fused", "/servlet"}) {
            try (RawClient client = server.connect()) {
                client.send("GET " + path + " HTTP/1.0\n" + line + "\n");
                String answer = client.readToEnd();
                assertTrue(answer.contains("\nConnection: close\n"), answer);
                assertTrue(answer.endsWith("\n\nGET "), answer);
            }
        }
    }

    @Test
    void http10IsKeptWhenItAsksAndIsTold() throws Exception {
        for (String path : new String[] {"/fused", "/servlet"}) {
            try (RawClient client = server.connect()) {
                for (int i = 0; i < 2; i++) {
                    client.send("GET " + path + " HTTP/1.0\nConnection: Keep-Alive\n\n");
                    String head = client.readHead();
                    assertTrue(head.contains("\nConnection: keep-alive\n"), head);
                    assertEquals("GET ", client.read(4));
                }
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrderOnBothWays() throws Exception {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            requests.append("GET /fused HTTP/1.1\nHost: a\n\n");
            requests.append("POST /servlet HTTP/1.1\nHost: a\nContent-Length: 2\n\n");
            requests.append("%02d".formatted(i));
            requests.append("POST /fused HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n");
            requests.append("2\n%02d\n0\n\n".formatted(i));
        }
        try (RawClient client = server.connect()) {
            client.send(requests.toString());
            for (int i = 0; i < 50; i++) {
                assertAnswer("GET ", client);
                assertAnswer("POST %02d".formatted(i), client);
                assertAnswer("POST %02d".formatted(i), client);
            }
        }
    }

    @Test
    void pipelinedRequestsThatAreCutAnywhereLoseNoByte() throws Exception {
        byte[] requests =
                Wire.bytes(
                        """
                        POST /fused HTTP/1.1
                        Host: a
                        Content-Length: 1

                        1POST /servlet HTTP/1.1
                        Host: a
                        Transfer-Encoding: chunked

                        1
                        2
                        0

                        GET /fused HTTP/1.1
                        Host: a
                        Connection: close

                        """);
        for (int cut = 1; cut < requests.length; cut++) {
            try (RawClient client = server.connect()) {
                client.sendBytes(java.util.Arrays.copyOfRange(requests, 0, cut));
                client.sendBytes(java.util.Arrays.copyOfRange(requests, cut, requests.length));
                assertAnswer("POST 1", client);
                assertAnswer("POST 2", client);
                assertTrue(client.readToEnd().endsWith("\n\nGET "));
            }
        }
    }

    @Test
    void whatPrecedesAMalformedRequestIsAnsweredAndNothingBehindIt() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /fused HTTP/1.1
                    Host: a

                    POST /servlet HTTP/1.1
                    Host: a
                    Content-Length: 1

                    xGET /fused HTTP/1.1
                    Host: a
                    Content-Length: 5
                    Content-Length: 5

                    GET /fused HTTP/1.1
                    Host: a

                    """);
            assertAnswer("GET ", client);
            assertAnswer("POST x", client);
            String rest = client.readToEnd();
            assertRefusal(400, rest);
            assertFalse(rest.contains(" 200 "), rest);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fused", "/servlet"})
    void garbageBehindARequestIsRefusedBeforeItsLineEnds(String path) throws Exception {
        try (RawClient client = server.connect()) {
            client.sendBytes(
                    Wire.bytes("GET " + path + " HTTP/1.1\nHost: a\n\n" + "␀␁␂".repeat(999)));
            assertAnswer("GET ", client);
            assertRefusal(400, client.readToEnd());
        }
    }

    @Test
    void contentThatNobodyReadsIsNotTheNextRequest() throws Exception {
        server.handler("/ignores", exchange -> write(exchange.response(), "ignored"));
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    POST /ignores HTTP/1.1
                    Host: a
                    Content-Length: 42

                    GET /smuggled HTTP/1.1
                    Host: a
                    X: yz

                    GET /fused HTTP/1.1
                    Host: a

                    """);
            assertAnswer("ignored", client);
            assertAnswer("GET ", client);
        }
    }

    @Test
    void theAnswerBeforeACloseSurvivesWhatTheClientStillSends() throws Exception {
        try (RawClient client = server.connect()) {
            client.send("BAD\n\n" + "x".repeat(20_000));
            assertRefusal(400, client.readToEnd());
        }
    }
}
