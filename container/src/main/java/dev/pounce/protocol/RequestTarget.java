package dev.pounce.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Makes the path that requests are matched with out of the path that was sent, in the order of the
 * Servlet specification, section 3.5.2: path parameters are taken off, percent-encoding is decoded
 * as UTF-8, empty segments are collapsed and dot segments resolved. Whatever could be read in two
 * ways is refused with 400.
 */
public final class RequestTarget {
    private RequestTarget() {}

    /**
     * The decoded and normalised path.
     *
     * @throws ProtocolException when percent-encoding is broken or is no UTF-8, when it hides a
     *     slash, a backslash, a control character or a dot segment, or when dot segments climb out
     *     of the root
     */
    public static String normalize(String rawPath) throws ProtocolException {
        if (rawPath.equals("*") || rawPath.isEmpty()) {
            return rawPath.isEmpty() ? "/" : rawPath;
        }
        Deque<String> segments = new ArrayDeque<>();
        boolean endsInFolder = true;
        int start = 1;
        while (start <= rawPath.length()) {
            int slash = rawPath.indexOf('/', start);
            int end = slash < 0 ? rawPath.length() : slash;
            String sent = rawPath.substring(start, end);
            String segment = decode(withoutParameters(sent));
            endsInFolder = append(segments, sent, segment, slash < 0);
            start = end + 1;
        }
        StringBuilder path = new StringBuilder(rawPath.length());
        for (Iterator<String> each = segments.iterator(); each.hasNext(); ) {
            path.append('/').append(each.next());
        }
        if (endsInFolder) {
            path.append('/');
        }
        return path.toString();
    }

    /**
     * Adds a segment and says whether a path that ends with it names a folder. The last one may be
     * empty but for a parameter: so a session's id is put into the URL of a folder (Servlet
     * specification, section 7.1.3).
     */
    private static boolean append(
            Deque<String> segments, String sent, String segment, boolean isLast)
            throws ProtocolException {
        boolean dots = segment.equals(".") || segment.equals("..");
        boolean folder = isLast && segment.isEmpty() && sent.startsWith(";");
        if ((dots || segment.isEmpty()) && !sent.equals(segment) && !folder) {
            throw refused("an encoded dot segment, or a parameter on an empty or dot segment");
        }
        if (segment.equals("..")) {
            if (segments.pollLast() == null) {
                throw refused("dot segments that climb out of the root");
            }
            return true;
        }
        if (dots || segment.isEmpty()) {
            return true;
        }
        segments.addLast(segment);
        return false;
    }

    private static String withoutParameters(String segment) {
        int semicolon = segment.indexOf(';');
        return semicolon < 0 ? segment : segment.substring(0, semicolon);
    }

    private static String decode(String segment) throws ProtocolException {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        byte[] decoded = new byte[segment.length()];
        int length = 0;
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c == '%') {
                int high = hexAtEnd(segment, i, 1);
                int low = hexAtEnd(segment, i, 2);
                if (high < 0 || low < 0) {
                    throw refused("broken percent-encoding (RFC 3986 section 2.1)");
                }
                c = (char) (high << 4 | low);
                if (c == '/' || c == '\\' || c < 0x20 || c == 0x7f) {
                    throw refused("an encoded slash, backslash or control character");
                }
                i += 2;
            }
            decoded[length++] = (byte) c;
        }
        return UrlEncoded.utf8(decoded, length);
    }

    /**
     * Percent-encodes all of a path but slashes and unreserved characters (RFC 3986 section 2.3).
     */
    public static String encode(String path) {
        StringBuilder encoded = new StringBuilder(path.length());
        for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            boolean letterOrDigit =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (letterOrDigit || "/-._~".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }

    private static int hexAtEnd(String segment, int percent, int offset) {
        int at = percent + offset;
        return at < segment.length() ? UrlEncoded.hex(segment.charAt(at)) : -1;
    }

    private static ProtocolException refused(String what) {
        return new ProtocolException(400, "POUNCE_PARSE_PATH", what);
    }
}
