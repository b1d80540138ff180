package dev.pounce.protocol;

/**
 * The only place that decides how long a request's content is and whether a head may be served at
 * all (RFC 9112 sections 3.2 and 6.3).
 */
public final class RequestFraming {
    /** The content is chunked (RFC 9112 section 7.1). */
    public static final long CHUNKED = -1;

    private static final int MAX_LENGTH_DIGITS = 18;

    private RequestFraming() {}

    /**
     * Checks Host, Content-Length, Transfer-Encoding and Expect.
     *
     * @return the content's length in bytes, 0 when there is none, or {@link #CHUNKED}
     * @throws ProtocolException when framing or host is missing, doubled, malformed or ambiguous
     */
    public static long decide(RequestHead head) throws ProtocolException {
        HostField.check(head);
        checkExpect(head);
        int codings = head.count(KnownField.TRANSFER_ENCODING);
        int lengths = head.count(KnownField.CONTENT_LENGTH);
        if (codings == 0) {
            return lengths == 0 ? 0 : length(head, lengths);
        }
        if (lengths > 0) {
            throw ambiguous("Content-Length and Transfer-Encoding together (RFC 9112 section 6.3)");
        }
        if (!head.isHttp11()) {
            throw ambiguous("Transfer-Encoding in HTTP/1.0 (RFC 9112 section 6.1)");
        }
        checkCodings(head, codings);
        return CHUNKED;
    }

    private static void checkExpect(RequestHead head) throws ProtocolException {
        int expects = head.count(KnownField.EXPECT);
        if (expects > 0 && (expects > 1 || !isToken(head, KnownField.EXPECT, "100-continue"))) {
            throw new ProtocolException(
                    417, "POUNCE_PARSE_EXPECT", "an unknown expectation (RFC 9110 section 10.1.1)");
        }
    }

    private static void checkCodings(RequestHead head, int codings) throws ProtocolException {
        if (codings == 1 && isToken(head, KnownField.TRANSFER_ENCODING, "chunked")) {
            return;
        }
        if (head.lists(KnownField.TRANSFER_ENCODING, "chunked")) {
            throw ambiguous("chunked twice, not last or not alone (RFC 9112 section 6.1)");
        }
        throw new ProtocolException(
                501, "POUNCE_PARSE_TRANSFER_CODING", "an unknown transfer coding");
    }

    private static boolean isToken(RequestHead head, KnownField field, String token) {
        return Ascii.equalsIgnoreCase(
                head.bytes(), head.valueStart(field), head.valueEnd(field), token);
    }

    private static long length(RequestHead head, int lengths) throws ProtocolException {
        int from = head.valueStart(KnownField.CONTENT_LENGTH);
        int to = head.valueEnd(KnownField.CONTENT_LENGTH);
        if (lengths > 1) {
            throw ambiguous("more than one Content-Length (RFC 9112 section 6.3)");
        }
        if (from == to) {
            throw ambiguous("an empty Content-Length");
        }
        byte[] bytes = head.bytes();
        long length = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                throw ambiguous("a Content-Length that is no number (RFC 9110 section 8.6)");
            }
            length = length * 10 + digit;
            if (i - from >= MAX_LENGTH_DIGITS) {
                throw new ProtocolException(
                        413, "POUNCE_LIMIT_BODY", "a Content-Length of more than 18 digits");
            }
        }
        return length;
    }

    private static ProtocolException ambiguous(String what) {
        return new ProtocolException(400, "POUNCE_PARSE_FRAMING", what);
    }
}
