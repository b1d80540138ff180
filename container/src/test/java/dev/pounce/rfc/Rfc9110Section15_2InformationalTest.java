package dev.pounce.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.protocol.ResponseFields;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 section 15.2 and RFC 8297: interim responses before the final one. */
class Rfc9110Section15_2InformationalTest extends WireTest {
    private static volatile int status;
    private static volatile String field = "X";

    @BeforeAll
    static void routes() {
        server.handler(
                "/hints",
                exchange -> {
                    ResponseFields hints = new ResponseFields();
                    hints.add("Link", "</style.css>; rel=preload");
                    exchange.response().informational(103, hints);
                    exchange.response().informational(102);
                    write(exchange.response(), "final");
                });
        server.handler(
                "/interim",
                exchange -> {
                    ResponseFields fields = new ResponseFields();
                    fields.add(field, "1");
                    exchange.response().informational(status, fields);
                    write(exchange.response(), "final");
                });
        server.handler(
                "/late",
                exchange -> {
                    exchange.response().flush();
                    exchange.response().informational(103);
                });
    }

    @Test
    void interimResponsesComeBeforeTheFinalOne() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /hints HTTP/1.1
                    Host: a

                    """);
            assertEquals(
                    """
                    HTTP/1.1 103 Early Hints
                    Link: </style.css>; rel=preload

                    """,
                    client.readHead());
            assertEquals("HTTP/1.1 102 Processing\n\n", client.readHead());
            assertAnswer("final", client);
        }
    }

    @Test
    void http10GetsNone() throws Exception {
        try (RawClient client = server.connect()) {
            client.send("GET /hints HTTP/1.0\n\n");
            assertTrue(client.readToEnd().startsWith("HTTP/1.1 200 OK\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 99, 101, 200, 204, 500, 1000})
    void anotherStatusIsAnErrorOfTheApplication(int code) throws Exception {
        assertInterimFails(code, "X");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "transfer-encoding"})
    void aFieldThatFramesContentIsAnErrorOfTheApplication(String name) throws Exception {
        assertInterimFails(103, name);
    }

    private static void assertInterimFails(int code, String name) throws Exception {
        status = code;
        field = name;
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /interim HTTP/1.1
                    Host: a

                    """);
            assertTrue(client.readHead().startsWith("HTTP/1.1 500 "));
        }
    }

    @Test
    void oneAfterTheFinalHeadIsAnErrorThatTruncates() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /late HTTP/1.1
                    Host: a

                    """);
            assertTrue(client.readHead().startsWith("HTTP/1.1 200 OK\n"));
            org.junit.jupiter.api.Assertions.assertThrows(
                    java.io.IOException.class, () -> client.read(1));
        }
    }
}
