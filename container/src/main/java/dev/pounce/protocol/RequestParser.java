package dev.pounce.protocol;

/**
 * Parses request heads strictly (RFC 9112 sections 2 to 5). Whatever is ambiguous is refused, never
 * guessed.
 *
 * <p>The parser does no I/O and keeps nothing between calls: while a head is incomplete its bytes
 * stay with the caller, who calls again when another line has arrived. Thread-safe.
 */
public final class RequestParser {
    private static final int INCOMPLETE = -1;
    private static final int TOO_LONG = -2;

    private final int maxRequestLine;
    private final int maxHead;
    private final int maxFields;

    /**
     * @param maxRequestLine bytes of the request line; above it 414
     * @param maxHead bytes of the whole head; above it 431
     * @param maxFields number of field lines; above it 431
     */
    public RequestParser(int maxRequestLine, int maxHead, int maxFields) {
        this.maxRequestLine = maxRequestLine;
        this.maxHead = maxHead;
        this.maxFields = maxFields;
    }

    /** The bytes that a head may have. */
    public int maxHead() {
        return maxHead;
    }

    /** The bytes that a request line may have. */
    public int maxRequestLine() {
        return maxRequestLine;
    }

    /**
     * Parses the head that begins at {@code from}. Errors are found as soon as their line is
     * complete, and what is no HTTP at all, a TLS handshake for instance, with its first byte.
     *
     * @param head filled when the head is complete; otherwise it has what was read so far of the
     *     request line, and its fields are undefined
     * @return the index behind the head, or -1 when more bytes are needed
     * @throws ProtocolException when the bytes are no valid head or exceed a limit
     */
    public int parse(byte[] bytes, int from, int to, RequestHead head) throws ProtocolException {
        head.begin(bytes, from);
        int start = skipEmptyLines(bytes, from, to);
        if (start < 0) {
            return -1;
        }
        head.start = start;
        head.lineEnd = Math.min(to, start + maxRequestLine);
        if (!Characters.isToken(bytes[start])) {
            throw new ProtocolException(
                    400,
                    "POUNCE_PARSE_REQUEST_LINE",
                    "bytes that begin no request line (RFC 9112 section 3)");
        }
        int headEnd = start + maxHead;
        int lineEnd = requestLineEnd(bytes, start, to);
        if (lineEnd < 0) {
            return -1;
        }
        head.lineEnd = lineEnd;
        RequestLineParser.parse(bytes, start, lineEnd, head);
        int line = lineEnd + 2;
        while (true) {
            lineEnd = lineEnd(bytes, line, to, headEnd - 1);
            if (lineEnd == TOO_LONG) {
                throw new ProtocolException(
                        431, "POUNCE_LIMIT_HEAD", "the head is larger than " + maxHead + " bytes");
            }
            if (lineEnd == INCOMPLETE) {
                return -1;
            }
            if (lineEnd == line) {
                head.end = lineEnd + 2;
                return head.end;
            }
            parseField(bytes, line, lineEnd, head);
            line = lineEnd + 2;
        }
    }

    private int requestLineEnd(byte[] bytes, int start, int to) throws ProtocolException {
        int lineEnd = lineEnd(bytes, start, to, start + Math.min(maxRequestLine + 1, maxHead - 1));
        if (lineEnd == TOO_LONG) {
            throw new ProtocolException(
                    414,
                    "POUNCE_LIMIT_REQUEST_LINE",
                    "the request line is longer than " + maxRequestLine + " bytes");
        }
        return lineEnd;
    }

    /** Makes the head of a request of which nothing is known: an empty one of HTTP/1.1. */
    public static void unknown(RequestHead head) {
        head.begin(new byte[0], 0);
    }

    /**
     * The index behind the empty lines at {@code from}. A client that ends its content with one has
     * not begun another request.
     */
    public static int behindEmptyLines(byte[] bytes, int from, int to) {
        int at = from;
        while (at + 1 < to && bytes[at] == '\r' && bytes[at + 1] == '\n') {
            at += 2;
        }
        return at;
    }

    /**
     * RFC 9112 section 2.2: a server should ignore an empty line before the request line. All are:
     * how many come at once is the network's choice, and the connection's deadline ends them.
     */
    private static int skipEmptyLines(byte[] bytes, int from, int to) throws ProtocolException {
        int at = from;
        while (at < to && (bytes[at] == '\r' || bytes[at] == '\n')) {
            if (bytes[at] == '\n') {
                throw bareLineFeed();
            }
            if (at + 1 == to) {
                return -1;
            }
            if (bytes[at + 1] != '\n') {
                throw bareCarriageReturn();
            }
            at += 2;
        }
        return at == to ? -1 : at;
    }

    /**
     * The index of the CRLF that ends the line; every LF must have its CR. What is found depends on
     * the bytes before {@code limit} alone, never on how many of the later ones have come.
     *
     * @param limit where the CR must be at the latest, plus one
     * @return the index of the CR, {@link #INCOMPLETE} or {@link #TOO_LONG}
     */
    private static int lineEnd(byte[] bytes, int from, int to, int limit) throws ProtocolException {
        int end = Math.min(to, limit);
        for (int i = from; i < end; i++) {
            byte b = bytes[i];
            if (b == '\r') {
                if (i + 1 == to) {
                    return INCOMPLETE;
                }
                if (bytes[i + 1] != '\n') {
                    throw bareCarriageReturn();
                }
                return i;
            }
            if (b == '\n') {
                throw bareLineFeed();
            }
        }
        return to >= limit ? TOO_LONG : INCOMPLETE;
    }

    private static ProtocolException bareLineFeed() {
        return new ProtocolException(
                400, "POUNCE_PARSE_LINE_END", "a line ends with a bare LF (RFC 9112 section 2.2)");
    }

    private static ProtocolException bareCarriageReturn() {
        return new ProtocolException(
                400, "POUNCE_PARSE_LINE_END", "a bare CR (RFC 9112 section 2.2)");
    }

    private void parseField(byte[] bytes, int from, int to, RequestHead head)
            throws ProtocolException {
        if (head.fieldCount() == maxFields) {
            throw new ProtocolException(
                    431, "POUNCE_LIMIT_FIELDS", "more than " + maxFields + " field lines");
        }
        FieldLine.parse(bytes, from, to, head.fieldTarget);
    }
}
