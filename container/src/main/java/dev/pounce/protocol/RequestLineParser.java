package dev.pounce.protocol;

/** Parses a request line: method, target and version (RFC 9112 section 3). */
final class RequestLineParser {
    private static final String[] METHODS = {
        "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"
    };
    private static final int VERSION_LENGTH = "HTTP/1.1".length();

    private RequestLineParser() {}

    static void parse(byte[] bytes, int from, int to, RequestHead head) throws ProtocolException {
        int methodEnd = from;
        while (methodEnd < to && Characters.isToken(bytes[methodEnd])) {
            methodEnd++;
        }
        if (methodEnd == from || methodEnd == to || bytes[methodEnd] != ' ') {
            throw malformed("the method is no token followed by one space");
        }
        head.method = method(bytes, from, methodEnd);

        int targetStart = methodEnd + 1;
        int targetEnd = targetStart;
        while (targetEnd < to && bytes[targetEnd] != ' ') {
            targetEnd++;
        }
        if (targetEnd == targetStart || targetEnd == to) {
            throw malformed("no target between two single spaces");
        }
        head.targetStart = targetStart;
        head.targetEnd = targetEnd;
        version(bytes, targetEnd + 1, to, head);
        target(bytes, targetStart, targetEnd, head);
    }

    /** Whether RFC 9110 section 9 or RFC 5789 defines the method. */
    static boolean isStandard(String method) {
        for (String each : METHODS) {
            if (each.equals(method)) {
                return true;
            }
        }
        return false;
    }

    private static String method(byte[] bytes, int from, int to) {
        for (String method : METHODS) {
            if (method.length() == to - from && matches(bytes, from, method)) {
                return method;
            }
        }
        return Ascii.text(bytes, from, to);
    }

    private static boolean matches(byte[] bytes, int from, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static void version(byte[] bytes, int from, int to, RequestHead head)
            throws ProtocolException {
        if (to - from != VERSION_LENGTH
                || !matches(bytes, from, "HTTP/")
                || !isDigit(bytes[from + 5])
                || bytes[from + 6] != '.'
                || !isDigit(bytes[from + 7])) {
            throw malformed("no HTTP version at the end of the request line");
        }
        if (bytes[from + 5] != '1') {
            throw new ProtocolException(
                    505, "POUNCE_PARSE_VERSION", "only HTTP/1.0 and HTTP/1.1 are spoken here");
        }
        head.minorVersion = bytes[from + 7] - '0';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static void target(byte[] bytes, int from, int to, RequestHead head)
            throws ProtocolException {
        if (head.method.equals("CONNECT")) {
            throw new ProtocolException(
                    501, "POUNCE_PARSE_METHOD", "CONNECT is for proxies (RFC 9110 section 9.3.6)");
        }
        int pathStart = from;
        if (bytes[from] != '/') {
            if (to - from == 1 && bytes[from] == '*' && head.method.equals("OPTIONS")) {
                head.pathStart = from;
                head.pathEnd = to;
                head.queryStart = -1;
                head.plainPath = true;
                return;
            }
            pathStart = absoluteForm(bytes, from, to, head);
        }
        pathAndQuery(bytes, pathStart, to, head);
    }

    /** RFC 9112 section 3.2.2; returns where the path begins. */
    private static int absoluteForm(byte[] bytes, int from, int to, RequestHead head)
            throws ProtocolException {
        int authority = authorityStart(bytes, from, to);
        head.authorityStart = authority;
        head.https = authority - from == "https://".length();
        int pathStart = authority;
        while (pathStart < to && bytes[pathStart] != '/' && bytes[pathStart] != '?') {
            pathStart++;
        }
        if (pathStart == authority || !Authority.isValid(bytes, authority, pathStart)) {
            throw malformed("an absolute target without a well-formed authority");
        }
        return pathStart;
    }

    /** Where the authority of an absolute-form target begins. */
    private static int authorityStart(byte[] bytes, int from, int to) throws ProtocolException {
        for (String scheme : new String[] {"http://", "https://"}) {
            int end = from + scheme.length();
            if (end <= to && Ascii.equalsIgnoreCase(bytes, from, end, scheme)) {
                return end;
            }
        }
        throw malformed("a target in none of the forms of RFC 9112 section 3.2");
    }

    private static void pathAndQuery(byte[] bytes, int from, int to, RequestHead head)
            throws ProtocolException {
        boolean plain = from < to && bytes[from] == '/';
        int i = from;
        byte previous = 0;
        for (; i < to && bytes[i] != '?'; i++) {
            byte b = bytes[i];
            if (!Characters.isPath(b)) {
                throw malformed("a character in the path that must be percent-encoded (RFC 3986)");
            }
            if (b == '%' || b == ';' || previous == '/' && (b == '/' || b == '.')) {
                plain = false;
            }
            previous = b;
        }
        head.pathStart = from;
        head.pathEnd = i;
        head.plainPath = plain;
        head.queryStart = i < to ? i + 1 : -1;
        for (int q = i + 1; q < to; q++) {
            if (!Characters.isQuery(bytes[q])) {
                throw malformed("a character in the query that must be percent-encoded (RFC 3986)");
            }
        }
    }

    private static ProtocolException malformed(String what) {
        return new ProtocolException(
                400, "POUNCE_PARSE_REQUEST_LINE", what + " (RFC 9112 section 3)");
    }
}
