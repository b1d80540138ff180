package dev.pounce.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The name-value pairs of a query, in the format application/x-www-form-urlencoded and UTF-8. */
public final class UrlEncoded {
    private UrlEncoded() {}

    /**
     * The decoded values of a name, in order; empty when there is none.
     *
     * @param query as it was sent, each character a byte
     * @throws ProtocolException 400 when a name or one of the values has broken percent-encoding or
     *     is no UTF-8
     */
    public static List<String> values(String query, String name) throws ProtocolException {
        List<String> values = new ArrayList<>(1);
        int start = 0;
        while (start < query.length()) {
            int ampersand = query.indexOf('&', start);
            int end = ampersand < 0 ? query.length() : ampersand;
            int equals = query.indexOf('=', start);
            int nameEnd = equals < 0 || equals > end ? end : equals;
            if (end > start && decode(query, start, nameEnd).equals(name)) {
                values.add(nameEnd == end ? "" : decode(query, nameEnd + 1, end));
            }
            start = end + 1;
        }
        return values;
    }

    private static String decode(String text, int from, int to) throws ProtocolException {
        byte[] decoded = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '+') {
                c = ' ';
            } else if (c == '%') {
                int high = i + 1 < to ? hex(text.charAt(i + 1)) : -1;
                int low = i + 2 < to ? hex(text.charAt(i + 2)) : -1;
                if (high < 0 || low < 0) {
                    throw refused("broken percent-encoding in the query (RFC 3986 section 2.1)");
                }
                c = (char) (high << 4 | low);
                i += 2;
            } else if (c > 0xff) {
                throw refused("a query that is no sequence of bytes");
            }
            decoded[length++] = (byte) c;
        }
        return utf8(decoded, length);
    }

    /**
     * The text of bytes that percent-encoding stood for.
     *
     * @throws ProtocolException 400 when they are no UTF-8
     */
    static String utf8(byte[] bytes, int length) throws ProtocolException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused("percent-encoding that is no UTF-8");
        }
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hex(char c) {
        return c > 0x7f ? -1 : Characters.hex((byte) c);
    }

    private static ProtocolException refused(String what) {
        return new ProtocolException(400, "POUNCE_PARSE_URL_ENCODING", what);
    }
}
