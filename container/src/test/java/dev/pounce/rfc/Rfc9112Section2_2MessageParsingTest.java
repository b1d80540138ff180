package dev.pounce.rfc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.RawClient;
import dev.pounce.testing.TestServer;
import dev.pounce.testing.Wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112 section 2.2: lines end with CRLF and with nothing else. */
class Rfc9112Section2_2MessageParsingTest extends WireTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /fused HTTP/1.1␊Host: a\n\n",
                "GET /fused HTTP/1.1\nHost: a␊\n",
                "GET /fused HTTP/1.1\nHost: a␊␊",
                "GET /fused HTTP/1.1\nHost: a\nX: b␊Y: c\n\n",
                "GET /fused HTTP/1.1\nHost: a\n␊",
                "␊GET /fused HTTP/1.1\nHost: a\n\n",
            })
    void aBareLfIsNoLineEnd(String request) throws Exception {
        assertRefused(400, request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /fused HTTP/1.1␍Host: a\n\n",
                "GET /fused HTTP/1.1␍\nHost: a\n\n",
                "GET /fused HTTP/1.1\nHost: a␍b\n\n",
                "GET /fused HTTP/1.1\nHost: a␍\n\n",
                "GET /fused HTTP/1.1\nHost: a\nX: ␍\n\n",
                "GET /fused HTTP/1.1\nHost: a\n␍Host: b\n\n",
                "␍GET /fused HTTP/1.1\nHost: a\n\n",
            })
    void aBareCrIsNeitherALineEndNorASpace(String request) throws Exception {
        assertRefused(400, request);
    }

    @ParameterizedTest
    @ValueSource(strings = {" Host: a", "\tHost: a", " ", "\t"})
    void whiteSpaceBeforeTheFirstFieldIsRefused(String line) throws Exception {
        assertRefused(
                400,
                """
                GET /fused HTTP/1.1
                %s
                Host: a

                """
                        .formatted(line));
    }

    @Test
    void emptyLinesBeforeARequestAreIgnored() throws Exception {
        assertServed("GET ", "\n\nGET /fused HTTP/1.1\nHost: a\n\n");
    }

    @Test
    void anEmptyLineBehindContentBeginsNoRequestThatCouldBeLate() throws Exception {
        try (TestServer impatient =
                        new TestServer(
                                config ->
                                        config.with("timeouts.head", "100ms")
                                                .with("keep_alive.timeout", "200ms"));
                RawClient client = impatient.connect()) {
            client.send("GET /nowhere HTTP/1.1\nHost: a\nContent-Length: 2\n\nok\n");
            String answers = client.readToEnd();
            assertTrue(answers.startsWith("HTTP/1.1 404 "), answers);
            assertFalse(answers.contains(" 408 "), answers);
        }
    }

    @Test
    void howManyEmptyLinesComeBeforeARequestDoesNotMatter() throws Exception {
        assertServed("GET ", "\n\n\n\n\nGET /fused HTTP/1.1\nHost: a\n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"␖␃␁␀", "\u0080\u0081", "SSH-2.0-OpenSSH\n", "{}\n", "*1\n$4\nPING\n"})
    void whatIsNoHttpIsRefused(String bytes) throws Exception {
        try (RawClient client = server.connect()) {
            client.sendBytes(Wire.bytes(bytes));
            assertRefusal(400, client.readToEnd());
        }
    }

    @Test
    void aByteOrderMarkIsRefused() throws Exception {
        assertRefused(400, "\u00ef\u00bb\u00bfGET /fused HTTP/1.1\nHost: a\n\n");
    }
}
