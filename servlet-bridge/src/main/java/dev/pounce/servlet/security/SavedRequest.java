package dev.pounce.servlet.security;

import dev.pounce.protocol.ProtocolException;
import dev.pounce.protocol.RequestHead;
import dev.pounce.protocol.RequestParser;
import dev.pounce.servlet.http.BridgeRequest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * A request that is kept while its user logs in with a form (Servlet specification, section
 * 13.6.3). Immutable.
 *
 * @param target path and query as they were sent, without the session's id
 * @param method the method
 * @param fields field lines that were about the request itself
 * @param content the content
 */
record SavedRequest(String target, String method, String fields, byte[] content) {
    private static final int MAX_FIELDS = 8 << 10;
    private static final RequestParser PARSER = new RequestParser(1 << 20, 1 << 24, 100_000);

    /**
     * Fields about one message, connection or copy in a cache: of the request that takes the place
     * of the saved one the client's are right, or none.
     */
    private static final Set<String> OF_THE_MESSAGE =
            Set.of(
                    "accept-encoding",
                    "authorization",
                    "connection",
                    "cookie",
                    "host",
                    "if-match",
                    "if-modified-since",
                    "if-none-match",
                    "if-range",
                    "if-unmodified-since",
                    "keep-alive",
                    "range",
                    "te");

    private static final Set<String> DROPPED =
            Set.of("content-length", "expect", "trailer", "transfer-encoding", "upgrade");

    /**
     * Keeps a request, whose content can be read as before afterwards.
     *
     * @param maxContent bytes of content
     * @throws ProtocolException with status 413 when it has more, or what is wrong with it
     */
    static SavedRequest of(BridgeRequest request, int maxContent) throws IOException {
        byte[] content = request.peekContent(maxContent);
        RequestHead head = request.head();
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < head.fieldCount(); i++) {
            if (!isOfTheMessage(head.fieldName(i)) && !isDropped(head.fieldName(i))) {
                append(fields, head, i);
            }
        }
        if (fields.length() > MAX_FIELDS) {
            // What many strangers may have kept must be small; what the content is must be known.
            fields.setLength(0);
            int type = head.indexOf("Content-Type");
            if (type >= 0 && head.fieldValue(type).length() < MAX_FIELDS) {
                append(fields, head, type);
            }
        }
        return new SavedRequest(target(head), head.method(), fields.toString(), content);
    }

    private static void append(StringBuilder fields, RequestHead head, int line) {
        fields.append(head.fieldName(line))
                .append(": ")
                .append(head.fieldValue(line))
                .append("\r\n");
    }

    private static boolean isOfTheMessage(String name) {
        return OF_THE_MESSAGE.contains(name.toLowerCase(Locale.ROOT));
    }

    private static boolean isDropped(String name) {
        return DROPPED.contains(name.toLowerCase(Locale.ROOT));
    }

    private static String target(RequestHead head) {
        String path = head.rawPath().replaceAll(";jsessionid=[^;/]*", "");
        String query = head.rawQuery();
        return query == null ? path : path + "?" + query;
    }

    /** Whether a request is the client's return to what it asked for. */
    boolean isAskedForBy(BridgeRequest request) {
        return request.head().method().equals("GET")
                && request.getContentLengthLong() <= 0
                && request.head().field("Transfer-Encoding") == null
                && target(request.head()).equals(target);
    }

    /** Takes the place of a request that {@link #isAskedForBy} is true of. */
    void replace(BridgeRequest request) throws ProtocolException {
        RequestHead now = request.head();
        StringBuilder lines = new StringBuilder();
        lines.append(method).append(' ').append(now.target()).append(' ').append(now.version());
        lines.append("\r\n").append(fields);
        for (int i = 0; i < now.fieldCount(); i++) {
            if (isOfTheMessage(now.fieldName(i))) {
                append(lines, now, i);
            }
        }
        if (content.length > 0) {
            lines.append("Content-Length: ").append(content.length).append("\r\n");
        }
        byte[] bytes = lines.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        RequestHead restored = new RequestHead();
        PARSER.parse(bytes, 0, bytes.length, restored);
        request.restore(restored, content);
    }
}
