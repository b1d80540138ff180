package dev.pounce.rfc;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110 section 8.6: Content-Length of a request. */
class Rfc9110Section8_6ContentLengthTest extends WireTest {

    private static String post(String lines) {
        return "POST /fused HTTP/1.1\nHost: a\n" + lines + "\n\nx";
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1", "content-length:01", "CONTENT-LENGTH:\t1 "})
    void oneNumberIsServed(String line) throws Exception {
        assertServed("POST x", post(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1\nContent-Length: 1",
                "Content-Length: 1\nContent-Length: 2",
                "Content-Length: 1\nX: y\ncontent-length: 1",
                "Content-Length: 1, 1",
                "Content-Length: 1,",
                "Content-Length: 1\nContent-Length:",
            })
    void twoLengthsAre400EvenWhenTheyAreEqual(String lines) throws Exception {
        assertRefused(400, post(lines));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1",
                "-1",
                "-0",
                "1 1",
                "0x1",
                "1.0",
                "1e0",
                "1;",
                "\"1\"",
                "one",
                "1_0",
                "",
                "\u00b2",
                "1\u00a0",
                "99999999999999999999x"
            })
    void whatIsNoNumberIs400(String value) throws Exception {
        assertRefused(400, post("Content-Length: " + value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775807",
                "9223372036854775808",
                "18446744073709551617",
                "99999999999999999999999999999999",
            })
    void aLengthThatNoNumberHoldsIs413(String value) throws Exception {
        assertRefused(413, post("Content-Length: " + value).replace("/fused", "/in-place"));
    }

    @Test
    void leadingZerosAreNoOverflow() throws Exception {
        assertServed("POST x", post("Content-Length: " + "0".repeat(40) + "1"));
    }
}
