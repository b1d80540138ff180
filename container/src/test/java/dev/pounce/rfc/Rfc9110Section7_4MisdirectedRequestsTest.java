package dev.pounce.rfc;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 section 7.4: a request for https must have come over TLS. */
class Rfc9110Section7_4MisdirectedRequestsTest extends WireTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://a/fused", "HTTPS://a/fused", "https://a"})
    void httpsOverPlainTextIs421(String target) throws Exception {
        assertRefused(421, "GET " + target + " HTTP/1.1\nHost: a\n\n");
        assertRefused(421, "GET " + target + " HTTP/1.0\n\n");
    }
}
