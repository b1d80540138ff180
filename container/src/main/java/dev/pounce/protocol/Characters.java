package dev.pounce.protocol;

/** The character classes of RFC 9110 section 5.6.2 and RFC 3986 as tables. */
public final class Characters {
    private static final boolean[] TOKEN = new boolean[256];
    private static final boolean[] FIELD_VALUE = new boolean[256];
    private static final boolean[] PATH = new boolean[256];
    private static final boolean[] QUERY = new boolean[256];

    static {
        for (int c = '!'; c <= '~'; c++) {
            boolean alphanumeric =
                    c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
            TOKEN[c] = alphanumeric || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
            PATH[c] = "\"#<>?\\^`{}".indexOf(c) < 0;
            QUERY[c] = "\"#<>".indexOf(c) < 0;
        }
        for (int c = 0; c < 256; c++) {
            FIELD_VALUE[c] = c >= 0x20 && c != 0x7f || c == '\t';
        }
    }

    private Characters() {}

    /** Whether a byte may be in a token (RFC 9110 section 5.6.2). */
    public static boolean isToken(byte b) {
        return TOKEN[b & 0xff];
    }

    static boolean isFieldValue(byte b) {
        return FIELD_VALUE[b & 0xff];
    }

    static boolean isPath(byte b) {
        return PATH[b & 0xff];
    }

    static boolean isQuery(byte b) {
        return QUERY[b & 0xff];
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hex(byte b) {
        if (b >= '0' && b <= '9') {
            return b - '0';
        }
        int lower = b | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }
}
