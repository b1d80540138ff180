package dev.pounce.rfc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112 section 2.3 and RFC 9110 section 2.5: versions. */
class Rfc9112Section2_3HttpVersionTest extends WireTest {

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/2.0", "HTTP/0.9", "HTTP/3.0", "HTTP/9.9"})
    void anotherMajorVersionIs505(String version) throws Exception {
        assertRefused(
                505,
                """
                GET /fused %s
                Host: a

                """
                        .formatted(version));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http/1.1",
                "HTTP/1",
                "HTTP/1.",
                "HTTP/.1",
                "HTTP/11",
                "HTTP/1.10",
                "HTTP/01.1",
                "HTTP/1.1 ",
                "HTTP/1.1\t",
                "HTTP/1,1",
                "HTTP/+1.1",
                "HTTP /1.1",
                "ICAP/1.0",
                "HTTP/1.x"
            })
    void whatIsNoVersionIs400(String version) throws Exception {
        assertRefused(
                400,
                """
                GET /fused %s
                Host: a

                """
                        .formatted(version));
    }

    @Test
    void aHigherMinorVersionIsSpokenToAsHttp11() throws Exception {
        assertServed(
                "GET ",
                """
                GET /fused HTTP/1.9
                Host: a

                """);
    }

    @Test
    void http10IsAnsweredWithTheServersOwnVersion() throws Exception {
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    GET /fused HTTP/1.0

                    """);
            assertTrue(client.readToEnd().startsWith("HTTP/1.1 200 OK\n"));
        }
    }

    @Test
    void aRequestWithoutVersionIsRefused() throws Exception {
        assertRefused(400, "GET /fused\nHost: a\n\n");
    }
}
