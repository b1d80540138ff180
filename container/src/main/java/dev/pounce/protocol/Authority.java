package dev.pounce.protocol;

/**
 * The syntax of {@code host [":" port]} (RFC 3986 section 3.2.2), the value of a Host field and the
 * authority of an absolute target. User information has no place in either (RFC 9110 section
 * 4.2.4), and IPvFuture literals are refused: none was ever defined.
 */
final class Authority {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_PORT_DIGITS = 5;
    private static final int GROUPS = 8;

    private Authority() {}

    /** Whether the bytes are an authority; an empty host is one (RFC 9110 section 7.2). */
    static boolean isValid(byte[] bytes, int from, int to) {
        int hostEnd = from < to && bytes[from] == '[' ? literal(bytes, from, to) : from;
        if (hostEnd == from) {
            hostEnd = registeredName(bytes, from, to);
        }
        return hostEnd >= 0 && (hostEnd == to || isPort(bytes, hostEnd, to));
    }

    private static boolean isPort(byte[] bytes, int colon, int to) {
        if (bytes[colon] != ':' || to - colon > 1 + MAX_PORT_DIGITS) {
            return false;
        }
        int port = 0;
        for (int i = colon + 1; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
            port = port * 10 + bytes[i] - '0';
        }
        return port <= MAX_PORT;
    }

    /** Where a registered name or an IPv4 address ends, or -1. */
    private static int registeredName(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && isRegisteredName(bytes[i])) {
            if (bytes[i] == '%') {
                if (i + 2 >= to
                        || Characters.hex(bytes[i + 1]) < 0
                        || Characters.hex(bytes[i + 2]) < 0) {
                    return -1;
                }
                i += 2;
            }
            i++;
        }
        return i;
    }

    private static boolean isRegisteredName(byte b) {
        return switch (b) {
            case ':', '/', '@', '[', ']', '|' -> false;
            default -> Characters.isPath(b);
        };
    }

    /** Where an IPv6 address in brackets ends, or -1. */
    private static int literal(byte[] bytes, int from, int to) {
        int end = from + 1;
        while (end < to && bytes[end] != ']') {
            end++;
        }
        return end < to && isIpv6(bytes, from + 1, end) ? end + 1 : -1;
    }

    /** Eight groups, or fewer with one "::"; the last two may be an IPv4 address. */
    private static boolean isIpv6(byte[] bytes, int from, int to) {
        int groups = 0;
        boolean compressed = false;
        int i = from;
        while (i < to) {
            if (bytes[i] == ':') {
                boolean twice = i + 1 < to && bytes[i + 1] == ':';
                if (twice ? compressed : i == from || i + 1 == to) {
                    return false;
                }
                compressed |= twice;
                i += twice ? 2 : 1;
                if (i < to && bytes[i] == ':') {
                    return false;
                }
                continue;
            }
            int end = i;
            while (end < to && Characters.hex(bytes[end]) >= 0) {
                end++;
            }
            if (end < to && bytes[end] == '.') {
                groups += 2;
                return isIpv4(bytes, i, to) && isWhole(groups, compressed);
            }
            if (end == i || end - i > 4 || end < to && bytes[end] != ':') {
                return false;
            }
            groups++;
            i = end;
        }
        return isWhole(groups, compressed);
    }

    private static boolean isWhole(int groups, boolean compressed) {
        return compressed ? groups < GROUPS : groups == GROUPS;
    }

    private static boolean isIpv4(byte[] bytes, int from, int to) {
        int octets = 0;
        int i = from;
        while (true) {
            int value = 0;
            int start = i;
            while (i < to && bytes[i] >= '0' && bytes[i] <= '9' && i - start < 3) {
                value = value * 10 + bytes[i++] - '0';
            }
            boolean leadingZero = i - start > 1 && bytes[start] == '0';
            if (i == start || value > 255 || leadingZero) {
                return false;
            }
            octets++;
            if (i == to) {
                return octets == 4;
            }
            if (bytes[i++] != '.') {
                return false;
            }
        }
    }
}
