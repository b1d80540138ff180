package dev.pounce.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.route.FusedRoute;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Set;

/** RFC 9110 section 9: which methods there are, and 9.3 what they do. */
class Rfc9110Section9MethodsTest extends WireTest {

    private static String head(String method) throws Exception {
        try (RawClient client = server.connect()) {
            client.send(method + " /fused HTTP/1.1\nHost: a\n\n");
            return client.readHead();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "TRACE"})
    void aKnownMethodThatTheResourceDoesNotHaveIs405WithAllow(String method) throws Exception {
        String head = head(method);
        assertTrue(head.startsWith("HTTP/1.1 405 "), head);
        assertTrue(head.contains("\nAllow: GET, HEAD, OPTIONS, POST\n"), head);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BREW", "PROPFIND", "get", "Post", "M-SEARCH", "!#$%&'*+-.^_`|~"})
    void aMethodThatNobodyKnowsIs501(String method) throws Exception {
        assertTrue(head(method).startsWith("HTTP/1.1 501 "));
    }

    @Test
    void aMethodThatARouteHasIsServedWhateverItsName() throws Exception {
        server.fused(
                FusedRoute.text("/pot", request -> request.method())
                        .methods(Set.of("BREW").toArray(String[]::new)));
        assertServed("BREW", "BREW /pot HTTP/1.1\nHost: a\n\n");
    }

    @Test
    void traceEchoesNothing() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    TRACE /fused HTTP/1.1
                    Host: a
                    Cookie: secret
                    Connection: close

                    """);
            assertEquals(-1, client.readToEnd().indexOf("secret"));
        }
    }
}
