package dev.pounce.rfc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pounce.route.FusedRoute;
import dev.pounce.testing.RawClient;
import dev.pounce.testing.Wire;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9112 section 5 with 5.1 and 5.2: field lines. */
class Rfc9112Section5FieldSyntaxTest extends WireTest {

    private static String get(String line) {
        return "GET /fused HTTP/1.1\nHost: a\n" + line + "\n\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "no colon here", "X", "X=1"})
    void aLineWithoutAColonIs400(String line) throws Exception {
        assertRefused(400, get(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X : 1", "X\t: 1", "Content-Length : 0", "Transfer-Encoding : chunked"})
    void whiteSpaceBeforeTheColonIs400(String line) throws Exception {
        assertRefused(400, get(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: 1\n 2", "X: 1\n\t2", "X: 1\n ", "X:\n 1", "X: 1\n Y: 2"})
    void aFoldedLineIs400(String lines) throws Exception {
        assertRefused(400, get(lines));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ": 1",
                "X Y: 1",
                "X(: 1",
                "X\"Y: 1",
                "X/Y: 1",
                "X@: 1",
                "X[0]: 1",
                "X{}: 1",
                "X,Y: 1",
                "X;: 1",
                "X=Y: 1",
                "X␀: 1",
                "X␡: 1",
                "X\u00e9: 1",
                "X\u00a0: 1",
            })
    void aNameThatIsNoTokenIs400(String line) throws Exception {
        assertRefused(400, get(line));
    }

    @ParameterizedTest
    @ValueSource(strings = {"␀", "␁", "␇", "␈", "␋", "␌", "␛", "␟", "␡"})
    void aControlCharacterInAValueIs400(String control) throws Exception {
        assertRefused(400, get("X: " + control));
        assertRefused(400, get("X: a" + control + "b"));
        assertRefused(400, get("Transfer-Encoding: " + control + "chunked"));
    }

    @Test
    void blanksAroundAValueAreNoPartOfIt() throws Exception {
        server.fused(
                FusedRoute.text(
                        "/field", request -> "[" + String.join("|", request.headers("X")) + "]"));
        try (RawClient client = server.connect()) {
            client.sendBytes(
                    Wire.bytes(
                            """
                            GET /field HTTP/1.1
                            hOST:a
                            X:1
                            x:  2 \t
                            X:\t\t3
                            X:
                            X:   \s
                            X: a \t b
                            X: \u00e9

                            """));
            assertAnswer("[1|2|3|||a \t b|\u00e9]", client);
        }
    }

    @Test
    void aHeadBeyondItsLimitIs431() throws Exception {
        assertRefused(431, get("X: " + "a".repeat(70_000)));
        assertRefused(431, get("X: " + "a".repeat(200_000)));
    }

    @Test
    void aHeadThatNeverEndsIs431() throws Exception {
        try (RawClient client = server.connect()) {
            client.sendExactly("GET /fused HTTP/1.1\r\nHost: a\r\nX: ");
            for (int i = 0; i < 7; i++) {
                client.sendExactly("a".repeat(10_000));
            }
            assertRefusal(431, client.readToEnd());
        }
    }

    @Test
    void moreFieldLinesThanTheLimitAre431() throws Exception {
        assertRefused(431, get("X: 1\n".repeat(99) + "X: 1"));
    }

    @Test
    void asManyFieldLinesAsTheLimitAreServed() throws Exception {
        assertServed("GET ", get("X: 1\n".repeat(98) + "X: 1"));
    }

    @Test
    void aHeadOfExactlyTheLimitIsServed() throws Exception {
        String frame = "GET /fused HTTP/1.1\nHost: a\nX: ";
        int around = Wire.bytes(frame + "\n\n").length;
        String request = frame + "a".repeat((64 << 10) - around) + "\n\n";
        assertEquals(64 << 10, Wire.bytes(request).length);
        try (RawClient client = server.connect()) {
            client.sendBytes(Wire.bytes(request));
            assertAnswer("GET ", client);
        }
        assertRefused(431, request.replace("X: ", "X: a"));
    }
}
