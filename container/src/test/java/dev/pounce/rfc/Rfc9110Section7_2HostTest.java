package dev.pounce.rfc;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 section 7.2 and RFC 9112 section 3.2: exactly one Host, well-formed. */
class Rfc9110Section7_2HostTest extends WireTest {

    private static String get(String lines) {
        return "GET /fused HTTP/1.1\n" + lines + "\n\n";
    }

    @Test
    void aMissingHostIs400() throws Exception {
        assertRefused(400, "GET /fused HTTP/1.1\n\n");
        assertRefused(400, get("X-Host: a"));
        assertRefused(400, "GET http://a/fused HTTP/1.1\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: a\nHost: a",
                "Host: a\nhost: b",
                "Host: a\nX: y\nHOST: a",
                "Host: a\nHost:",
                "Host: a, a",
            })
    void aSecondHostIs400EvenWhenItIsEqual(String lines) throws Exception {
        assertRefused(400, get(lines));
        assertRefused(400, get(lines).replace("HTTP/1.1", "HTTP/1.0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "a/b",
                "http://a",
                "u@a",
                "u:p@a",
                "a:b",
                "a:-1",
                "a:+1",
                "a:65536",
                "a:999999",
                "a:80:80",
                "a?",
                "a#",
                "a\\",
                "a%",
                "a%2",
                "a%zz",
                "a\u00e9",
                "<a>",
                "{a}",
                "a|b",
                "\"a\"",
                "[::1",
                "::1",
                "[]",
                "[:]",
                "[:::]",
                "[1]",
                "[1:2]",
                "[1::2::3]",
                "[12345::]",
                "[g::]",
                "[::1]a",
                "[::1]:x",
                "[1:2:3:4:5:6:7:8:9]",
                "[1:2:3:4:5:6:7::8]",
                "[::256.1.1.1]",
                "[::1.1.1]",
                "[::1.1.1.1.1]",
                "[::01.1.1.1]",
                "[1.2.3.4]",
                "[fe80::1%eth0]",
                "[v1.x]",
                "a]",
            })
    void aMalformedHostIs400(String host) throws Exception {
        assertRefused(400, get("Host: " + host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a.example",
                "A-B_c~d",
                "a:80",
                "a:0",
                "a:65535",
                "a:",
                "127.0.0.1:8080",
                "999.1.1.1",
                "a%20b",
                "a!$&'()*+;=b",
                "[::]",
                "[::1]",
                "[::1]:8080",
                "[1:2:3:4:5:6:7:8]",
                "[1:2:3:4:5:6:7::]",
                "[::2:3:4:5:6:7:8]",
                "[1:2:3:4:5:6:1.2.3.4]",
                "[::ffff:1.2.3.4]",
                "[FE80::aBcD]",
                "",
            })
    void aWellFormedHostIsServed(String host) throws Exception {
        assertServed("GET ", get("Host: " + host));
    }

    @Test
    void http10NeedsNone() throws Exception {
        try (dev.pounce.testing.RawClient client = server.connect()) {
            client.send("GET /fused HTTP/1.0\nConnection: keep-alive\n\n");
            assertAnswer("GET ", client);
        }
    }
}
