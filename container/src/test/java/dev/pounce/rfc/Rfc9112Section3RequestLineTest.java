package dev.pounce.rfc;

import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112 section 3: one space between method, target and version. */
class Rfc9112Section3RequestLineTest extends WireTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET  /fused HTTP/1.1",
                "GET /fused  HTTP/1.1",
                "GET\t/fused HTTP/1.1",
                "GET /fused\tHTTP/1.1",
                " GET /fused HTTP/1.1",
                "GET /fused x HTTP/1.1",
                "GET HTTP/1.1",
                "GET",
                "GET ",
                "GET␋/fused HTTP/1.1",
            })
    void otherWhiteSpaceIsRefused(String line) throws Exception {
        assertRefused(400, line + "\nHost: a\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"G␀ET", "G(T", "GET:", "\"GET\"", "G\u00c9T", "G/T", "␡", "GET,POST"})
    void aMethodThatIsNoTokenIs400(String method) throws Exception {
        assertRefused(400, method + " /fused HTTP/1.1\nHost: a\n\n");
    }

    @Test
    void aLineBeyondItsLimitIs414() throws Exception {
        assertRefused(414, "GET /" + "a".repeat(16_400) + " HTTP/1.1\nHost: a\n\n");
    }

    @Test
    void aLineThatNeverEndsIs414AsSoonAsItIsTooLong() throws Exception {
        try (RawClient client = server.connect()) {
            for (int sent = 0; sent < 17_000; sent += 100) {
                client.sendExactly((sent == 0 ? "GET /" : "aaaaa") + "a".repeat(95));
            }
            assertRefusal(414, client.readToEnd());
        }
    }

    @Test
    void aMethodIsComparedWithItsCase() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    get /fused HTTP/1.1
                    Host: a
                    Connection: close

                    """);
            assertRefusal(501, client.readToEnd());
        }
    }
}
