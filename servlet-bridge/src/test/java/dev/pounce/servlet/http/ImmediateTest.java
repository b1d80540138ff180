package dev.pounce.servlet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one write is, where every write is flushed: one chunk on the wire. */
@Timeout(60)
class ImmediateTest {

    @FunctionalInterface
    private interface Written {
        void by(BridgeResponse response) throws IOException;
    }

    private static List<String> chunks(String type, Written content) throws Exception {
        try (ServletServer server =
                        new ServletServer(
                                (request, response) -> {
                                    response.setContentType(type);
                                    content.by(response);
                                });
                RawClient client = server.open("/app/s/x")) {
            String head = client.readHead();
            assertTrue(head.contains("Transfer-Encoding: chunked\n"), head);
            List<String> chunks = new ArrayList<>();
            for (byte[] chunk = client.readChunk(); chunk.length > 0; chunk = client.readChunk()) {
                chunks.add(new String(chunk, StandardCharsets.ISO_8859_1));
            }
            return chunks;
        }
    }

    /** The bytes of UTF-8, one character each. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static List<String> events(Written content) throws Exception {
        return chunks("text/event-stream;charset=UTF-8", content);
    }

    @Test
    void whatAWriterPrintsIsOneWriteWithItsLineEnd() throws Exception {
        assertEquals(
                List.of(
                        "data: 1\n",
                        "\n",
                        bytes("data: \u00fc\ud83d\ude00\n"),
                        "17\n",
                        "true\n",
                        "x\n",
                        "chars\n",
                        "null\n",
                        "1.5\n",
                        "data: a 2\n\n",
                        "data: 2,5\n",
                        "plain",
                        "appended",
                        "part"),
                events(
                        response -> {
                            PrintWriter writer = response.getWriter();
                            writer.println("data: 1");
                            writer.println();
                            writer.println("data: \u00fc\ud83d\ude00");
                            writer.println(17);
                            writer.println(true);
                            writer.println('x');
                            writer.println("chars".toCharArray());
                            writer.println((Object) null);
                            writer.println(1.5);
                            writer.printf("data: %s %d%n%n", "a", 2);
                            writer.format(Locale.GERMANY, "data: %.1f\n", 2.5);
                            writer.print("plain");
                            writer.append("appended");
                            writer.write("a part of it", 2, 4);
                            writer.print("");
                        }));
    }

    @Test
    void ofSingleCharactersALineIsOneWrite() throws Exception {
        assertEquals(
                List.of("data\n", "\n", "rest"),
                events(
                        response -> {
                            for (char each : "data\n\nrest".toCharArray()) {
                                response.getWriter().print(each);
                            }
                        }));
    }

    @Test
    void whatAStreamPrintsOrTakesIsOneWrite() throws Exception {
        assertEquals(
                List.of("data: 1\r\n", "\r\n", "17", "bytes", "line\n", "rest"),
                events(
                        response -> {
                            response.getOutputStream().println("data: 1");
                            response.getOutputStream().println();
                            response.getOutputStream().print(17);
                            response.getOutputStream().write("bytes".getBytes());
                            response.getOutputStream().write(new byte[0]);
                            for (byte each : "line\nrest".getBytes()) {
                                response.getOutputStream().write(each);
                            }
                        }));
    }

    @Test
    void aFlushBehindAWriteSendsNothingMore() throws Exception {
        assertEquals(
                List.of("data: 1\n\n", "data: 2\n\n"),
                events(
                        response -> {
                            response.getWriter().print("data: 1\n\n");
                            response.getWriter().flush();
                            response.flushBuffer();
                            response.getWriter().print("data: 2\n\n");
                        }));
    }

    @Test
    void aLongLineLeavesWholeBeforeTheCallReturns() throws Exception {
        String line = "\u20ac".repeat(20_000);
        List<String> all =
                events(
                        response -> {
                            response.getWriter().println(line);
                            response.getWriter().print("behind");
                        });
        assertEquals(bytes(line + "\nbehind"), String.join("", all));
        assertEquals("behind", all.getLast());
        assertTrue(all.size() < 12, "a buffer each, not a piece of it: " + all.size());
    }

    @Test
    void otherTypesWaitForAFlush() throws Exception {
        assertEquals(
                List.of("123", "4"),
                chunks(
                        "text/plain",
                        response -> {
                            response.getWriter().print("1");
                            response.getWriter().print("2");
                            response.getWriter().print("3");
                            response.flushBuffer();
                            response.getWriter().print("4");
                        }));
    }

    @Test
    void contentOfADeclaredLengthIsNoStream() throws Exception {
        try (ServletServer server =
                new ServletServer(
                        (request, response) -> {
                            response.setContentType("text/event-stream");
                            response.setContentLength(4);
                            response.getOutputStream().write("12".getBytes());
                            assertFalse(response.isCommitted());
                            response.getOutputStream().write("34".getBytes());
                        })) {
            String answer = server.get("/app/s/x");
            assertTrue(answer.contains("\r\nContent-Length: 4\r\n"), answer);
            assertTrue(answer.endsWith("\r\n\r\n1234"), answer);
        }
    }
}
