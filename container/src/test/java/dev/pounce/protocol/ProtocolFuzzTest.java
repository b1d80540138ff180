package dev.pounce.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.Fuzz;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Any bytes are parsed or refused with a status: no other exception, no endless loop, no growth
 * beyond the limits; in pieces the same becomes of them as whole; and what is accepted follows the
 * grammar, which regular expressions say independently of the parsers.
 */
@Timeout(600)
class ProtocolFuzzTest {
    private static final int MAX_LINE = 200;
    private static final int MAX_HEAD = 600;
    private static final int MAX_FIELDS = 8;
    private static final int MAX_TRAILERS = 300;
    private static final long MAX_ALLOCATED = 4 << 20;

    private static final String TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
    private static final String TEXT = "[\\t\\x20-\\x7e\\x80-\\xff]";
    private static final String FIELD = TOKEN + ":" + TEXT + "*\r\n";
    private static final Pattern HEAD =
            Pattern.compile(
                    "(?:\r\n)*"
                            + TOKEN
                            + " [!-~]+ HTTP/1\\.[0-9]\r\n(?:"
                            + FIELD
                            + "){0,"
                            + MAX_FIELDS
                            + "}\r\n");
    private static final String QUOTED =
            "\"(?:[\\t\\x20!#-\\[\\]-~\\x80-\\xff]|\\\\" + TEXT + ")*\"";
    private static final String EXTENSION =
            "[ \\t]*;[ \\t]*" + TOKEN + "(?:[ \\t]*=[ \\t]*(?:" + TOKEN + "|" + QUOTED + "))?";
    private static final Pattern SIZE_LINE =
            Pattern.compile("([0-9A-Fa-f]{1,15})(?:" + EXTENSION + ")*\r\n");
    private static final Pattern TRAILERS = Pattern.compile("(?:" + FIELD + ")*\r\n");

    private static final Pattern ONE_FIELD =
            Pattern.compile("HTTP/1\\.1 200 OK\r\n" + FIELD + "\r\n");

    private final RequestParser parser = new RequestParser(MAX_LINE, MAX_HEAD, MAX_FIELDS);

    @Test
    void heads() {
        Fuzz fuzz = new Fuzz("heads", MAX_ALLOCATED);
        fuzz.run(
                random -> {
                    byte[] bytes = HttpInputs.mutate(random, HttpInputs.head(random));
                    HeadOutcome whole = HeadOutcome.of(parser, bytes, 0, bytes.length);
                    assertSameInPieces(whole, bytes, random);
                    if (whole.isIncomplete()) {
                        assertTrue(bytes.length < MAX_HEAD + 4);
                        return "incomplete";
                    }
                    if (whole.isRefused()) {
                        return "refused";
                    }
                    String text = new String(bytes, 0, whole.end(), StandardCharsets.ISO_8859_1);
                    assertTrue(HEAD.matcher(text).matches(), text);
                    return "parsed";
                });
        fuzz.assertShare("parsed", 10);
        fuzz.assertShare("refused", 10);
        fuzz.assertShare("incomplete", 1);
    }

    private void assertSameInPieces(HeadOutcome whole, byte[] bytes, Random random) {
        RequestHead head = new RequestHead();
        int cut = 0;
        boolean incomplete = true;
        while (incomplete && cut < bytes.length) {
            cut++;
            try {
                incomplete = parser.parse(bytes, 0, cut, head) < 0;
            } catch (ProtocolException e) {
                incomplete = false;
            }
        }
        byte[] seen = Arrays.copyOf(bytes, cut);
        assertEquals(whole, HeadOutcome.of(parser, seen, 0, cut));
        int shift = 1 + random.nextInt(20);
        byte[] shifted = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        assertEquals(whole, HeadOutcome.of(parser, shifted, shift, shifted.length));
    }

    @Test
    void chunks() {
        Fuzz fuzz = new Fuzz("chunks", MAX_ALLOCATED);
        fuzz.run(
                random -> {
                    byte[] bytes = HttpInputs.mutate(random, HttpInputs.chunks(random));
                    ChunkOutcome whole =
                            ChunkOutcome.of(bytes, MAX_TRAILERS, bytes.length, bytes.length + 1);
                    assertEquals(whole, ChunkOutcome.of(bytes, MAX_TRAILERS, 1, 1));
                    int piece = 1 + random.nextInt(30);
                    int room = 1 + random.nextInt(30);
                    assertEquals(whole, ChunkOutcome.of(bytes, MAX_TRAILERS, piece, room));
                    if (whole.isIncomplete()) {
                        return "incomplete";
                    }
                    if (!whole.isComplete()) {
                        return "refused";
                    }
                    assertEquals(reference(bytes, whole.consumed()), whole.content());
                    return "complete";
                });
        fuzz.assertShare("complete", 10);
        fuzz.assertShare("refused", 10);
        fuzz.assertShare("incomplete", 1);
    }

    /** The content of complete chunks, taken apart with regular expressions. */
    private static String reference(byte[] bytes, int consumed) {
        String text = new String(bytes, 0, consumed, StandardCharsets.ISO_8859_1);
        StringBuilder content = new StringBuilder();
        int at = 0;
        while (true) {
            var line = SIZE_LINE.matcher(text).region(at, text.length());
            assertTrue(line.lookingAt(), text);
            int size = Integer.parseInt(line.group(1), 16);
            at = line.end();
            if (size == 0) {
                String rest = text.substring(at);
                assertTrue(TRAILERS.matcher(rest).matches(), text);
                return content.toString();
            }
            content.append(text, at, at + size);
            assertEquals("\r\n", text.substring(at + size, at + size + 2), text);
            at += size + 2;
        }
    }

    @Test
    void paths() {
        Fuzz fuzz = new Fuzz("paths", MAX_ALLOCATED);
        fuzz.run(
                random -> {
                    byte[] bytes =
                            HttpInputs.mutate(random, HttpInputs.latin1(HttpInputs.path(random)));
                    String raw = "/" + new String(bytes, StandardCharsets.ISO_8859_1);
                    String path;
                    try {
                        path = RequestTarget.normalize(raw);
                    } catch (ProtocolException e) {
                        assertEquals(400, e.status());
                        return "refused";
                    }
                    assertTrue(path.startsWith("/"), path);
                    assertFalse((path + "/").contains("/../"), path);
                    assertFalse((path + "/").contains("/./"), path);
                    assertFalse(path.contains("//"), path);
                    if (isVisible(raw)) {
                        assertEquals(path, RequestTarget.normalize(RequestTarget.encode(path)));
                    }
                    return "parsed";
                });
        fuzz.assertShare("parsed", 10);
        fuzz.assertShare("refused", 10);
    }

    /** The head parser lets only such characters through to a path. */
    private static boolean isVisible(String raw) {
        return raw.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '\\');
    }

    @Test
    void queries() {
        Fuzz fuzz = new Fuzz("queries", MAX_ALLOCATED);
        fuzz.run(
                random -> {
                    byte[] bytes =
                            HttpInputs.mutate(random, HttpInputs.latin1(HttpInputs.query(random)));
                    String query = new String(bytes, StandardCharsets.US_ASCII);
                    query = query.replace('\ufffd', '~');
                    List<String> values;
                    try {
                        values = UrlEncoded.values(query, "a");
                    } catch (ProtocolException e) {
                        assertEquals(400, e.status());
                        return "refused";
                    }
                    assertEquals(referenceValues(query, "a"), values, query);
                    return "parsed";
                });
        fuzz.assertShare("parsed", 10);
        fuzz.assertShare("refused", 5);
    }

    private static List<String> referenceValues(String query, String name) {
        List<String> values = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (!pair.isEmpty()
                    && URLDecoder.decode(parts[0], StandardCharsets.UTF_8).equals(name)) {
                values.add(
                        parts.length == 1
                                ? ""
                                : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    @Test
    void responseFields() {
        Fuzz fuzz = new Fuzz("response fields", MAX_ALLOCATED);
        ResponseHeadWriter writer = new ResponseHeadWriter();
        fuzz.run(
                random -> {
                    String name = random.nextInt(4) == 0 ? text(random) : "X-Name";
                    String value = text(random);
                    ResponseFields fields = new ResponseFields();
                    try {
                        fields.add(name, value);
                    } catch (IllegalArgumentException e) {
                        return "refused";
                    }
                    writer.begin(200);
                    writer.fields(fields);
                    writer.end();
                    ByteBuffer head = ByteBuffer.allocate(writer.length());
                    writer.copyTo(head);
                    String sent = new String(head.array(), StandardCharsets.ISO_8859_1);
                    assertEquals("HTTP/1.1 200 OK\r\n" + name + ": " + value + "\r\n\r\n", sent);
                    assertTrue(ONE_FIELD.matcher(sent).matches(), sent);
                    return "sent";
                });
        fuzz.assertShare("sent", 10);
        fuzz.assertShare("refused", 10);
    }

    /** Characters of which the last 8 bits alone, which go on the wire, may be a line end. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(
                    (char)
                            switch (random.nextInt(12)) {
                                case 0 -> random.nextInt(0x10000);
                                case 1 -> random.nextInt(256);
                                case 2 ->
                                        (random.nextInt(256) << 8)
                                                | (random.nextBoolean() ? 13 : 10);
                                default -> 'a' + random.nextInt(26);
                            });
        }
        return text.toString();
    }
}
