package dev.pounce.protocol;

/**
 * The only place that decides how long a request's content is and whether a head may be served at
 * all (RFC 9112 sections 3.2 and 6.3).
 */
public final class RequestFraming {
    /** The content is chunked (RFC 9112 section 7.1). */
    public static final long CHUNKED = -1;

    /** Another digit can follow such a length without an overflow. */
    private static final long MAX_LENGTH = Long.MAX_VALUE / 10 - 1;

    private RequestFraming() {}

    /**
     * Checks target, Host, Content-Length, Transfer-Encoding and Expect.
     *
     * @param secure whether the connection is encrypted
     * @return the content's length in bytes, 0 when there is none, or {@link #CHUNKED}
     * @throws ProtocolException when framing or host is missing, doubled, malformed or ambiguous,
     *     or the target asks for https over a connection that is not secure (421)
     */
    public static long decide(RequestHead head, boolean secure) throws ProtocolException {
        HostField.check(head);
        if (head.https && !secure) {
            throw new ProtocolException(
                    421,
                    "POUNCE_PARSE_SCHEME",
                    "an https target over a connection without TLS (RFC 9110 section 7.4)");
        }
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
        if (codings > 1 || !isToken(head, KnownField.TRANSFER_ENCODING, "chunked")) {
            TransferCodings.check(head.fields("Transfer-Encoding"));
        }
        return CHUNKED;
    }

    private static void checkExpect(RequestHead head) throws ProtocolException {
        int expects = head.count(KnownField.EXPECT);
        if (expects > 0 && (expects > 1 || !isToken(head, KnownField.EXPECT, "100-continue"))) {
            throw new ProtocolException(
                    417, "POUNCE_PARSE_EXPECT", "an unknown expectation (RFC 9110 section 10.1.1)");
        }
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
            throw ambiguous("an empty Content-Length (RFC 9110 section 8.6)");
        }
        byte[] bytes = head.bytes();
        long length = 0;
        boolean tooLong = false;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                throw ambiguous("a Content-Length that is no number (RFC 9110 section 8.6)");
            }
            tooLong |= length > MAX_LENGTH;
            length = tooLong ? length : length * 10 + digit;
        }
        if (tooLong) {
            throw new ProtocolException(
                    413, "POUNCE_LIMIT_BODY", "a Content-Length that is no 63-bit number");
        }
        return length;
    }

    private static ProtocolException ambiguous(String what) {
        return new ProtocolException(400, "POUNCE_PARSE_FRAMING", what);
    }
}
