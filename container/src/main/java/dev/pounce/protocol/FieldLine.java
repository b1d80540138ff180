package dev.pounce.protocol;

/** One field line of a head or of a trailer section (RFC 9112 section 5). */
final class FieldLine {
    private FieldLine() {}

    /** Takes the offsets of a field line's name and value. */
    @FunctionalInterface
    interface Target {
        void field(int nameStart, int nameEnd, int valueStart, int valueEnd);
    }

    static void parse(byte[] bytes, int from, int to, Target target) throws ProtocolException {
        int colon = from;
        while (colon < to && Characters.isToken(bytes[colon])) {
            colon++;
        }
        if (colon == from || colon == to || bytes[colon] != ':') {
            throw malformed(bytes, from, colon, to);
        }
        int valueStart = colon + 1;
        while (valueStart < to && Ascii.isSpace(bytes[valueStart])) {
            valueStart++;
        }
        int valueEnd = to;
        while (valueEnd > valueStart && Ascii.isSpace(bytes[valueEnd - 1])) {
            valueEnd--;
        }
        for (int i = valueStart; i < valueEnd; i++) {
            if (!Characters.isFieldValue(bytes[i])) {
                throw new ProtocolException(
                        400,
                        "POUNCE_PARSE_FIELD",
                        "a control character in a field value (RFC 9110 section 5.5)");
            }
        }
        target.field(from, colon, valueStart, valueEnd);
    }

    private static ProtocolException malformed(byte[] bytes, int from, int at, int to) {
        String what;
        if (at == from && at < to && Ascii.isSpace(bytes[at])) {
            what = "a folded field line (RFC 9112 section 5.2)";
        } else if (at == to) {
            what = "a field line without a colon (RFC 9112 section 5)";
        } else if (Ascii.isSpace(bytes[at])) {
            what = "white space before the colon of a field (RFC 9112 section 5.1)";
        } else {
            what = "a field name that is no token (RFC 9110 section 5.1)";
        }
        return new ProtocolException(400, "POUNCE_PARSE_FIELD", what);
    }
}
