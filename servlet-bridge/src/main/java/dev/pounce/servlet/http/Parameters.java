package dev.pounce.servlet.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a request: those of the query before those of the form (Servlet specification,
 * section 3.1).
 */
final class Parameters {
    private final int maxCount;
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private int count;

    /**
     * @param maxCount how many name-value pairs there may be
     */
    Parameters(int maxCount) {
        this.maxCount = maxCount;
    }

    /**
     * Adds the pairs of a query as it was sent.
     *
     * @throws ParameterException when there are too many, or one is malformed
     */
    void addQuery(String query, Charset charset) {
        // A target's characters stand for its bytes.
        add(query.getBytes(StandardCharsets.ISO_8859_1), charset);
    }

    /**
     * Adds the pairs of a text in the format application/x-www-form-urlencoded.
     *
     * @throws ParameterException when there are too many, or one is malformed
     */
    void add(byte[] encoded, Charset charset) {
        int start = 0;
        while (start < encoded.length) {
            int end = indexOf(encoded, '&', start, encoded.length);
            if (end > start) {
                addPair(encoded, start, end, charset);
            }
            start = end + 1;
        }
    }

    /** Adds values behind those that a name has already; they were counted before. */
    void append(String name, String[] more) {
        values.computeIfAbsent(name, ignored -> new ArrayList<>(more.length)).addAll(List.of(more));
    }

    /**
     * Adds a pair that is decoded already.
     *
     * @throws ParameterException when there are too many
     */
    void add(String name, String value) {
        if (++count > maxCount) {
            throw new ParameterException(
                    413, "the request has more than " + maxCount + " parameters");
        }
        values.computeIfAbsent(name, ignored -> new ArrayList<>(1)).add(value);
    }

    private void addPair(byte[] encoded, int from, int to, Charset charset) {
        int equals = indexOf(encoded, '=', from, to);
        String name = decode(encoded, from, equals, charset);
        String value = equals == to ? "" : decode(encoded, equals + 1, to, charset);
        add(name, value);
    }

    private static int indexOf(byte[] bytes, char sought, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != sought) {
            i++;
        }
        return i;
    }

    private static String decode(byte[] encoded, int from, int to, Charset charset) {
        byte[] decoded = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            byte b = encoded[i];
            if (b == '+') {
                b = ' ';
            } else if (b == '%') {
                int high = i + 2 < to ? Character.digit(encoded[i + 1], 16) : -1;
                int low = i + 2 < to ? Character.digit(encoded[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw malformed("broken percent-encoding");
                }
                b = (byte) (high << 4 | low);
                i += 2;
            }
            decoded[length++] = b;
        }
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(decoded, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("bytes that are no " + charset.name());
        }
    }

    private static ParameterException malformed(String what) {
        return new ParameterException(400, "a parameter of the request has " + what);
    }

    /** The parameters by name, in the order in which the names were sent first. Immutable. */
    Map<String, String[]> toMap() {
        Map<String, String[]> map = LinkedHashMap.newLinkedHashMap(values.size());
        values.forEach((name, all) -> map.put(name, all.toArray(String[]::new)));
        return Collections.unmodifiableMap(map);
    }
}
