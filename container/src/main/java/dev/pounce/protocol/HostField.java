package dev.pounce.protocol;

/**
 * The Host field: exactly one, well-formed, and no other than an absolute target's authority (RFC
 * 9112 section 3.2).
 */
final class HostField {
    private static final int MAX_PORT = 65_535;

    private HostField() {}

    static void check(RequestHead head) throws ProtocolException {
        int hosts = head.count(KnownField.HOST);
        if (hosts == 0) {
            if (head.isHttp11()) {
                throw refused("no Host field (RFC 9112 section 3.2)");
            }
            return;
        }
        if (hosts > 1) {
            throw refused("more than one Host field (RFC 9112 section 3.2)");
        }
        byte[] bytes = head.bytes();
        int from = head.valueStart(KnownField.HOST);
        int to = head.valueEnd(KnownField.HOST);
        if (!isAuthority(bytes, from, to)) {
            throw refused("a malformed Host field (RFC 3986 section 3.2.2)");
        }
        int target = head.targetStart;
        if (bytes[target] != '/' && bytes[target] != '*') {
            int authority = RequestLineParser.authorityStart(bytes, target, head.targetEnd);
            if (!Ascii.equalsIgnoreCase(
                    bytes, authority, head.pathStart, Ascii.text(bytes, from, to))) {
                throw refused("a Host field that disagrees with the absolute target");
            }
        }
    }

    /**
     * Whether the bytes are {@code host [":" port]}; an empty host is allowed (RFC 9110 section
     * 7.2).
     */
    static boolean isAuthority(byte[] bytes, int from, int to) {
        int i = from;
        if (i < to && bytes[i] == '[') {
            i++;
            while (i < to && isIpv6(bytes[i])) {
                i++;
            }
            if (i == to || bytes[i] != ']' || i - from < 3) {
                return false;
            }
            i++;
        } else {
            while (i < to && isRegisteredName(bytes[i])) {
                i++;
            }
        }
        if (i == to) {
            return true;
        }
        if (bytes[i] != ':' || to - i > 6) {
            return false;
        }
        int port = 0;
        for (i++; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
            port = port * 10 + bytes[i] - '0';
        }
        return port <= MAX_PORT;
    }

    private static boolean isIpv6(byte b) {
        return Characters.hex(b) >= 0 || b == ':' || b == '.';
    }

    private static boolean isRegisteredName(byte b) {
        return b != ':'
                && b != '/'
                && b != '@'
                && b != '['
                && b != ']'
                && b != '|'
                && Characters.isPath(b);
    }

    private static ProtocolException refused(String what) {
        return new ProtocolException(400, "POUNCE_PARSE_HOST", what);
    }
}
