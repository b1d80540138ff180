package dev.pounce.rfc;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112 section 7.1.2: the trailer section of a chunked request. */
class Rfc9112Section7_1_2ChunkedTrailerSectionTest extends WireTest {

    private static String post(String trailers) {
        return """
        POST /fused HTTP/1.1
        Host: a
        Transfer-Encoding: chunked

        1
        a
        0
        """
                + trailers
                + "\n\n";
    }

    @Test
    void trailersReachTheApplication() throws Exception {
        assertServed("POST a {digest=abc, x-sum=1, 2}", post("X-Sum: 1\nDigest:abc\nx-sum:  2 "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no colon",
                ": x",
                "X : 1",
                " X: 1",
                "X: 1\n 2",
                "X(: 1",
                "X: ␀",
                "X: a␍b",
                "X: a␊Y: b",
                "X: ␡",
                "X␊",
                "␍"
            })
    void aMalformedTrailerIs400(String trailers) throws Exception {
        assertRefused(400, post(trailers));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5",
                "Transfer-Encoding: chunked",
                "Host: b",
                "Connection: close",
                "Trailer: X",
                "TE: trailers",
                "Expect: 100-continue",
                "Authorization: Basic x",
                "Cookie: a=b",
                "Set-Cookie: a=b",
                "Content-Type: text/plain",
                "Content-Encoding: gzip",
                "Content-Range: bytes 0-1/2",
                "Range: bytes=0-1",
                "If-Match: *",
                "If-Modified-Since: x",
                "Cache-Control: no-cache",
                "Max-Forwards: 1",
                "X-Forwarded-For: 1.2.3.4",
                "Forwarded: for=1.2.3.4",
                "cOnTeNt-LeNgTh: 5"
            })
    void aForbiddenTrailerIsDropped(String line) throws Exception {
        assertServed("POST a {x=1}", post(line + "\nX: 1"));
        assertServed("POST a", post(line));
    }

    @Test
    void trailersAreBounded() throws Exception {
        assertRefused(431, post("X: " + "a".repeat(70_000)));
        assertRefused(431, post("X: 1\n".repeat(100) + "X: 1"));
    }
}
