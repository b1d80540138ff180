package dev.pounce.protocol;

/**
 * The Host field: exactly one, well-formed, and the same as an absolute target's authority (RFC
 * 9112 section 3.2). That an absolute target overrides Host (section 3.2.2) is not done: decision
 * 10.
 */
final class HostField {
    private HostField() {}

    static void check(RequestHead head) throws ProtocolException {
        byte[] bytes = head.bytes();
        int authority = head.authorityStart;
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
        int from = head.valueStart(KnownField.HOST);
        int to = head.valueEnd(KnownField.HOST);
        if (!Authority.isValid(bytes, from, to)) {
            throw refused("a malformed Host field (RFC 9110 section 7.2)");
        }
        if (authority >= 0
                && !Ascii.equalsIgnoreCase(
                        bytes, authority, head.pathStart, Ascii.text(bytes, from, to))) {
            throw refused("a Host field that disagrees with the absolute target");
        }
    }

    private static ProtocolException refused(String what) {
        return new ProtocolException(400, "POUNCE_PARSE_HOST", what);
    }
}
