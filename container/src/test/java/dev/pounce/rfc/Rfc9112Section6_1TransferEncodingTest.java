package dev.pounce.rfc;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112 section 6.1: the transfer codings of a request. */
class Rfc9112Section6_1TransferEncodingTest extends WireTest {

    private static String post(String lines) {
        return """
        POST /fused HTTP/1.1
        Host: a
        %s

        1
        x
        0

        """
                .formatted(lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked",
                "transfer-encoding:\t Chunked \t",
                "TRANSFER-ENCODING:CHUNKED"
            })
    void chunkedAloneIsServed(String line) throws Exception {
        assertServed("POST x", post(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: chunked\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked, gzip",
                "Transfer-Encoding: chunked\nTransfer-Encoding: gzip",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: gzip, chunked, chunked",
            })
    void chunkedTwiceOrNotLastIs400(String lines) throws Exception {
        assertRefused(400, post(lines));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: gzip",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: gzip\nTransfer-Encoding: chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunkedx",
                "Transfer-Encoding: gzip;q=1",
            })
    void anotherCodingIs501(String lines) throws Exception {
        assertRefused(501, post(lines));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding:",
                "Transfer-Encoding: ,",
                "Transfer-Encoding: chunked,",
                "Transfer-Encoding: , chunked",
                "Transfer-Encoding: chunked\nTransfer-Encoding:",
                "Transfer-Encoding: chunked;x=1",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: chunked chunked",
                "Transfer-Encoding: gzip chunked",
                "Transfer-Encoding: [chunked]",
                "Transfer-Encoding: chunked\u00a0",
                "Transfer-Encoding: chunked\n chunked",
            })
    void aMalformedListIs400(String lines) throws Exception {
        assertRefused(400, post(lines));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection: keep-alive\n", ""})
    void http10HasNoTransferCodings(String connection) throws Exception {
        assertRefused(
                400,
                """
                POST /fused HTTP/1.0
                %sTransfer-Encoding: chunked

                0

                """
                        .formatted(connection));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\nContent-Length: 1",
                "Transfer-Encoding: gzip\nContent-Length: 0",
                "Transfer-Encoding:\nContent-Length: 0",
                "Transfer-Encoding: chunked\nX: y\ncontent-length: 0",
            })
    void aLengthBesideItIs400(String lines) throws Exception {
        assertRefused(400, post(lines));
    }

    @Test
    void aNameThatOnlyLooksLikeItIsAnotherField() throws Exception {
        assertServed(
                "POST ",
                """
                POST /fused HTTP/1.1
                Host: a
                Transfer_Encoding: chunked
                X-Transfer-Encoding: chunked
                Content_Length: 5
                Content-Length: 0

                """);
    }
}
