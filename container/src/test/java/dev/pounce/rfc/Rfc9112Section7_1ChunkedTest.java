package dev.pounce.rfc;

import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112 section 7.1 with 7.1.1: chunks, their sizes and extensions. */
class Rfc9112Section7_1ChunkedTest extends WireTest {

    private static String post(String chunks) {
        return """
        POST /fused HTTP/1.1
        Host: a
        Transfer-Encoding: chunked

        """
                + chunks;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1\na\n2\nbc\n0\n\n",
                "3\nabc\n000\n\n",
                "0000003\nabc\n0\n\n",
                "3;x\nabc\n0;y\n\n",
                "3;x=y;z\nabc\n0\n\n",
                "3; x = y ; z = \"a;b\\\"c\u00e9\"\nabc\n0\n\n",
                "1\na\n1\nb\n1\nc\n0\n\n",
            })
    void wellFormedChunksAreContent(String chunks) throws Exception {
        assertServed("POST abc", post(chunks));
    }

    @Test
    void sizesAreHexadecimalInBothCases() throws Exception {
        assertServed("POST " + "a".repeat(26), post("a\naaaaaaaaaa\n10\naaaaaaaaaaaaaaaa\n0\n\n"));
        assertServed("POST " + "a".repeat(10), post("A\naaaaaaaaaa\n0\n\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "+1\na\n0\n\n",
                "-1\na\n0\n\n",
                "0x1\na\n0\n\n",
                "g\n",
                " 1\na\n0\n\n",
                "1 \na\n0\n\n",
                "1\t\na\n0\n\n",
                "1 ;x\na\n0\n\n",
                "1,\na\n0\n\n",
                "1_0\n",
                "1␀\na\n0\n\n",
                "\u0661\n",
                "1h\na\n0\n\n",
                ";x\n",
                "\"1\"\n"
            })
    void aSizeWithSignsBlanksOrOtherThingsIs400(String chunks) throws Exception {
        assertRefused(400, post(chunks));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1000000000000000\n",
                "ffffffffffffffff\n",
                "8000000000000000\n",
                "10000000000000000\n",
                "0000000000000001\na\n0\n\n",
                "FFFFFFFFFFFFFFFFFFFFFFFF\n"
            })
    void aSizeThatOverflowsIs400(String chunks) throws Exception {
        assertRefused(400, post(chunks));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1\nab\n0\n\n",
                "1\na0\n\n",
                "1\na␊0\n\n",
                "1\na␍0\n\n",
                "1\n\na\n0\n\n",
                "2\na\n0\n\n",
                "1\na\n\n0\n\n",
                "1\na \n0\n\n",
            })
    void otherBytesThanCrlfBehindAChunkAre400(String chunks) throws Exception {
        assertRefused(400, post(chunks));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1␊a\n0\n\n",
                "1␍a\n0\n\n",
                "1␍␍\na\n0\n\n",
                "1;x␊a\n0\n\n",
                "1;x=\"␊\"\na\n0\n\n",
                "1;x=\"\na\n0\n\n",
                "1\na\n0␊␊",
                "1\na\n0\n␊",
                "1\na\n0\n␍a",
            })
    void lineEndsOtherThanCrlfAre400(String chunks) throws Exception {
        assertRefused(400, post(chunks));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1;\na\n0\n\n",
                "1;;\na\n0\n\n",
                "1;=x\na\n0\n\n",
                "1;x=\na\n0\n\n",
                "1;x y\na\n0\n\n",
                "1;x=y z\na\n0\n\n",
                "1;x=\"y\"z\na\n0\n\n",
                "1;x=\"y\na\n0\n\n",
                "1;x(\na\n0\n\n",
                "1;x=␀\na\n0\n\n",
                "1;x=\"␇\"\na\n0\n\n",
                "1;x=\"\\␇\"\na\n0\n\n",
                "1;x \na\n0\n\n",
            })
    void aMalformedExtensionIs400(String chunks) throws Exception {
        assertRefused(400, post(chunks));
    }

    @Test
    void extensionsAreBoundedOverTheWholeMessage() throws Exception {
        assertRefused(400, post("1;x=" + "y".repeat(5000) + "\na\n0\n\n"));
        assertRefused(400, post("1;xyz=xyz\na\n".repeat(600) + "0\n\n"));
    }

    @Test
    void contentAboveItsLimitIs413HoweverItIsFramed() throws Exception {
        assertRefused(413, post("200000\n" + "a".repeat(0x200000) + "\n0\n\n"));
    }

    @Test
    void anErrorThatAHandlerOverlooksStillEndsTheConnection() throws Exception {
        server.handler(
                "/overlooks",
                exchange -> {
                    for (int i = 0; i < 2; i++) {
                        try {
                            exchange.body().readAll(100);
                        } catch (java.io.IOException e) {
                            write(exchange.response(), "overlooked ");
                        }
                    }
                });
        try (RawClient client = server.connect()) {
            client.send(
                    """
                    POST /overlooks HTTP/1.1
                    Host: a
                    Transfer-Encoding: chunked

                    x0

                    GET /fused HTTP/1.1
                    Host: a

                    """);
            String answer = client.readToEnd();
            org.junit.jupiter.api.Assertions.assertTrue(
                    answer.contains("\nConnection: close\n"), answer);
            org.junit.jupiter.api.Assertions.assertTrue(
                    answer.endsWith("\n\noverlooked overlooked "), answer);
        }
    }
}
