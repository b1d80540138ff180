package dev.pounce.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.Wire;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Every valid message cut at every byte means the same; and every byte that a parser reads over,
 * for its value is known, is refused in each of its 255 other values.
 */
class EveryByteTest {
    private static final int LIMIT = 2000;
    private final RequestParser parser = new RequestParser(LIMIT, LIMIT, 20);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: a\n\n",
                "GET / HTTP/1.0\n\n",
                "\n\nGET / HTTP/1.1\nHost:\n\n",
                "OPTIONS * HTTP/1.1\nHost: a\n\n",
                "GET http://[::1]:80/x?y=z HTTP/1.1\nhost:[::1]:80\nX:\t a\t b \t\nY:\n\n",
                "POST /a%20b/../c;d=e HTTP/1.1\n"
                        + "Host: a\n"
                        + "Content-Length: 12\n"
                        + "Expect: 100-continue\n\n",
                "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: Chunked\nTE: trailers\n\n",
            })
    void aHeadCutAnywhereIsTheSameHead(String text) {
        byte[] bytes = Wire.bytes(text);
        HeadOutcome whole = HeadOutcome.of(parser, bytes, 0, bytes.length);
        assertEquals(bytes.length, whole.end());
        for (int cut = 0; cut < bytes.length; cut++) {
            byte[] part = Arrays.copyOf(bytes, cut);
            assertTrue(HeadOutcome.of(parser, part, 0, cut).isIncomplete(), "cut at " + cut);
        }
        byte[] pipelined = Wire.bytes(text + text);
        assertEquals(whole, HeadOutcome.of(parser, pipelined, 0, pipelined.length));
        assertEquals(whole, HeadOutcome.of(parser, pipelined, bytes.length, pipelined.length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\nHost: a\n\n",
                "GET /a?b HTTP/1.1\nHost: a\nX:y\nEmpty:\n\n",
                "POST /a HTTP/1.1\nHost: a\nContent-Length: 12\n\n",
            })
    void everyByteOfAHeadThatIsReadOverIsChecked(String text) {
        byte[] bytes = Wire.bytes(text);
        BitSet skipped = delimiters(bytes);
        int versionEnd = text.indexOf('\n');
        skipped.set(versionEnd - "HTTP/1.1".length(), versionEnd - 1);
        assertFalse(skipped.isEmpty());
        skipped.stream()
                .forEach(
                        at ->
                                forEachOther(
                                        bytes,
                                        at,
                                        wrong ->
                                                HeadOutcome.of(parser, wrong, 0, wrong.length)
                                                        .isRefused()));
    }

    /** CR, LF, the spaces of the request line and the first colon of each field line. */
    private static BitSet delimiters(byte[] bytes) {
        BitSet found = new BitSet();
        int line = 0;
        boolean colon = false;
        for (int i = 0; i < bytes.length; i++) {
            boolean delimiter =
                    switch (bytes[i]) {
                        case '\r', '\n' -> true;
                        case ' ' -> line == 0;
                        case ':' -> line > 0 && !colon;
                        default -> false;
                    };
            found.set(i, delimiter);
            colon |= bytes[i] == ':';
            if (bytes[i] == '\n') {
                line++;
                colon = false;
            }
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0\n\n",
                "000;a\n\n",
                "3\nabc\n0\n\n",
                "1\n\n\n2;x\n\n\n0\n\n",
                "a;x = y;z=\"q\\\"\"\n0123456789\nA\n0123456789\n0;y\nX: 1\nY:\n\n",
            })
    void chunksCutAnywhereAreTheSameContent(String text) {
        byte[] bytes =
                Wire.bytes(text.replace("1\n\n\n2", "1\n␊\n2").replace("x\n\n\n0", "x\n␍␊\n0"));
        ChunkOutcome whole = ChunkOutcome.of(bytes, LIMIT, LIMIT, LIMIT);
        assertTrue(whole.isComplete(), whole.end());
        assertEquals(bytes.length, whole.consumed());
        for (int cut = 1; cut < bytes.length; cut++) {
            byte[] part = Arrays.copyOf(bytes, cut);
            assertTrue(ChunkOutcome.of(part, LIMIT, LIMIT, LIMIT).isIncomplete(), "cut at " + cut);
            assertEquals(whole, ChunkOutcome.of(bytes, LIMIT, cut, LIMIT));
            assertEquals(whole, ChunkOutcome.of(bytes, LIMIT, LIMIT, cut));
        }
        byte[] followed = Wire.bytes("0\n\nGET");
        assertEquals(5, ChunkOutcome.of(followed, LIMIT, LIMIT, LIMIT).consumed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0\n\n", "3\nabc\n0\n\n", "3;x=y\nabc\n1\nd\n00\nX: 1\nY:2\n\n"})
    void everyByteOfChunksThatIsReadOverIsChecked(String text) {
        byte[] bytes = Wire.bytes(text);
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\r' || bytes[at] == '\n') {
                forEachOther(bytes, at, EveryByteTest::isRefusedAsChunks);
            }
        }
    }

    private static boolean isRefusedAsChunks(byte[] bytes) {
        ChunkOutcome outcome = ChunkOutcome.of(bytes, LIMIT, LIMIT, LIMIT);
        return !outcome.isComplete() && !outcome.isIncomplete();
    }

    private interface Check {
        boolean isRefused(byte[] wrong);
    }

    private static void forEachOther(byte[] bytes, int at, Check check) {
        for (int value = 0; value < 256; value++) {
            if ((byte) value != bytes[at]) {
                byte[] wrong = bytes.clone();
                wrong[at] = (byte) value;
                assertTrue(check.isRefused(wrong), "byte " + at + " made " + value);
            }
        }
    }
}
