package dev.pounce.protocol;

/**
 * Parses request heads strictly (RFC 9112 sections 2 to 5). Whatever is ambiguous is refused, never
 * guessed.
 *
 * <p>The parser does no I/O and keeps nothing between calls: while a head is incomplete its bytes
 * stay with the caller, who calls again when another line has arrived. Thread-safe.
 */
public final class RequestParser {
    private static final int TOLERATED_EMPTY_LINES = 2;

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

    /**
     * Parses the head that begins at {@code from}. Errors are found as soon as their line is
     * complete.
     *
     * @param head filled when the head is complete; its content is undefined otherwise
     * @return the index behind the head, or -1 when more bytes are needed
     * @throws ProtocolException when the bytes are no valid head or exceed a limit
     */
    public int parse(byte[] bytes, int from, int to, RequestHead head) throws ProtocolException {
        int start = skipEmptyLines(bytes, from, to);
        if (start < 0) {
            return -1;
        }
        head.begin(bytes, start);
        int lineEnd = lineEnd(bytes, start, to, Math.min(maxRequestLine, maxHead));
        if (lineEnd < 0) {
            if (to - start > maxRequestLine) {
                throw new ProtocolException(
                        414,
                        "POUNCE_LIMIT_REQUEST_LINE",
                        "the request line is longer than " + maxRequestLine + " bytes");
            }
            return needMore(start, to);
        }
        if (lineEnd - start > maxRequestLine) {
            throw new ProtocolException(
                    414,
                    "POUNCE_LIMIT_REQUEST_LINE",
                    "the request line is longer than " + maxRequestLine + " bytes");
        }
        RequestLineParser.parse(bytes, start, lineEnd, head);
        int line = lineEnd + 2;
        while (true) {
            lineEnd = lineEnd(bytes, line, to, maxHead);
            if (lineEnd < 0) {
                return needMore(start, to);
            }
            if (lineEnd + 2 - start > maxHead) {
                throw headTooLarge();
            }
            if (lineEnd == line) {
                head.end = lineEnd + 2;
                return head.end;
            }
            parseField(bytes, line, lineEnd, head);
            line = lineEnd + 2;
        }
    }

    /**
     * Makes the head that stands for bytes in which no head can be read: an empty one of HTTP/1.1.
     */
    public static void unreadable(RequestHead head) {
        head.begin(new byte[0], 0);
        head.method = "GET";
        head.minorVersion = 1;
        head.targetStart = 0;
        head.targetEnd = 0;
        head.pathStart = 0;
        head.pathEnd = 0;
        head.queryStart = -1;
        head.plainPath = false;
    }

    private int needMore(int start, int to) throws ProtocolException {
        if (to - start >= maxHead) {
            throw headTooLarge();
        }
        return -1;
    }

    private ProtocolException headTooLarge() {
        return new ProtocolException(
                431, "POUNCE_LIMIT_HEAD", "the head is larger than " + maxHead + " bytes");
    }

    /** RFC 9112 section 2.2: a server should ignore an empty line before the request line. */
    private static int skipEmptyLines(byte[] bytes, int from, int to) throws ProtocolException {
        int at = from;
        for (int lines = 0; at < to && (bytes[at] == '\r' || bytes[at] == '\n'); lines++) {
            if (bytes[at] == '\n') {
                throw bareLineFeed();
            }
            if (at + 1 == to) {
                return -1;
            }
            if (bytes[at + 1] != '\n') {
                throw bareCarriageReturn();
            }
            if (lines == TOLERATED_EMPTY_LINES) {
                throw new ProtocolException(
                        400, "POUNCE_PARSE_REQUEST_LINE", "empty lines instead of a request");
            }
            at += 2;
        }
        return at == to ? -1 : at;
    }

    /** The index of the CRLF that ends the line, or -1; every LF must have its CR. */
    private static int lineEnd(byte[] bytes, int from, int to, int max) throws ProtocolException {
        int limit = (int) Math.min(to, (long) from + max + 2);
        for (int i = from; i < limit; i++) {
            byte b = bytes[i];
            if (b == '\r') {
                if (i + 1 == to) {
                    return -1;
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
        return -1;
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
