package dev.pounce.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 section 10.1.1: Expect. */
class Rfc9110Section10_1_1ExpectTest extends WireTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Expect: magic",
                "Expect:",
                "Expect: 100-continue, magic",
                "Expect: 100-continue; x=1",
                "Expect: 100",
                "Expect: 100-continue\nExpect: magic",
            })
    void anUnknownExpectationIs417(String lines) throws Exception {
        assertRefused(417, "POST /fused HTTP/1.1\nHost: a\nContent-Length: 1\n" + lines + "\n\nx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fused", "/servlet"})
    void theClientIsToldToGoOnWhenContentIsWanted(String path) throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    POST %s HTTP/1.1
                    Host: a
                    Content-Length: 2
                    expect: 100-Continue

                    """
                            .formatted(path));
            assertEquals("HTTP/1.1 100 Continue\n\n", client.readHead());
            client.send("ok");
            assertAnswer("POST ok", client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fused", "/servlet"})
    void nobodyIsToldWhoSentContentAlready(String path) throws Exception {
        assertServed(
                "POST ok",
                """
                POST %s HTTP/1.1
                Host: a
                Content-Length: 2
                Expect: 100-continue

                ok\
                """
                        .formatted(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fused", "/servlet"})
    void nobodyIsToldWhoHasNoContent(String path) throws Exception {
        assertServed(
                "GET ",
                """
                GET %s HTTP/1.1
                Host: a
                Expect: 100-continue

                """
                        .formatted(path));
    }

    @Test
    void http10IsNotTold() throws Exception {
        for (String path : new String[] {"/fused", "/servlet"}) {
            try (RawClient client = server.connect()) {
                client.send(
                        """
                        POST %s HTTP/1.0
                        Content-Length: 2
                        Expect: 100-continue

                        """
                                .formatted(path));
                client.send("ok");
                assertTrue(client.readHead().startsWith("HTTP/1.1 200 OK\n"));
                assertEquals("POST ok", client.read(7));
            }
        }
    }

    @Test
    void anAnswerThatWantsNoContentComesAtOnceAndCloses() throws Exception {
        server.handler("/refuses", exchange -> write(exchange.response(), "no"));
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    POST /refuses HTTP/1.1
                    Host: a
                    Content-Length: 2
                    Expect: 100-continue

                    """);
            String answer = client.readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 200 OK\n"), answer);
            assertTrue(answer.contains("\nConnection: close\n"), answer);
        }
    }

    @Test
    void contentThatIsTooLongIsNotAskedFor() throws Exception {
        try (TestServer small =
                new TestServer(config -> config.with("limits.body", "10"))
                        .handler("/servlet", exchange -> exchange.body().readAll(1000))) {
            try (RawClient client = new RawClient(small.server().port())) {
                client.send(
                        """
                        POST /servlet HTTP/1.1
                        Host: a
                        Content-Length: 11
                        Expect: 100-continue

                        """);
                assertRefusal(413, client.readToEnd());
            }
        }
    }
}
