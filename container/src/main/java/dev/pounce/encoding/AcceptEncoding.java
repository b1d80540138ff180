package dev.pounce.encoding;

import java.nio.charset.StandardCharsets;

/**
 * Negotiates the content coding of a response (RFC 9110 section 12.5.3).
 *
 * <p>The acceptable coding with the highest weight wins; of equal ones zstd goes before gzip before
 * identity. Identity takes part in that ranking only where the field gives it a weight, by name or
 * by {@code *}; otherwise it is acceptable but ranks last. Weight 0 is a no. A coding that is named
 * twice has the lower weight, the more cautious reading. A member that breaks the grammar is
 * ignored, so it neither permits nor forbids anything. Stateless and free of allocation.
 */
public final class AcceptEncoding {

    private static final ContentCoding[] CODINGS = ContentCoding.values();
    private static final ContentCoding[] ASCENDING_PREFERENCE = {
        ContentCoding.GZIP, ContentCoding.ZSTD
    };

    /** The alias that RFC 9110 section 8.4.1.3 wants taken for gzip. */
    private static final byte[] X_GZIP = "x-gzip".getBytes(StandardCharsets.US_ASCII);

    /*
     * The weights found so far, in thousandths, travel as four 16-bit lanes of one long: that keeps
     * the parser in small methods without an object to hold them.
     */
    private static final int ANY = CODINGS.length;
    private static final int UNLISTED = 0x7FFF;
    private static final long NOTHING_LISTED = 0x7FFF_7FFF_7FFF_7FFFL;
    private static final int NO_LANE = -1;

    private static final int FULL_WEIGHT = 1000;
    private static final int MALFORMED = -1;

    private AcceptEncoding() {}

    /**
     * For a request without the field. Any coding would then be acceptable, but a client that does
     * not say so often cannot decode one.
     */
    public static Negotiation none() {
        return Negotiation.IDENTITY;
    }

    /**
     * Negotiates for a request with the field.
     *
     * @param bytes holds the field's value in ISO-8859-1, several field lines joined by commas
     * @param from where the value begins
     * @param to where the value ends, exclusive
     * @param offered what the server is ready to apply
     */
    public static Negotiation negotiate(byte[] bytes, int from, int to, Offer offered) {
        long weights = NOTHING_LISTED;
        int start = from;
        while (start < to) {
            int end = indexOf(bytes, start, to, ',');
            weights = member(bytes, start, end, weights);
            start = end + 1;
        }
        return choose(weights, offered);
    }

    private static Negotiation choose(long weights, Offer offered) {
        int identity = effective(weights, ContentCoding.IDENTITY.ordinal());
        ContentCoding best = ContentCoding.IDENTITY;
        int weight = identity == UNLISTED ? 0 : identity;
        for (ContentCoding coding : ASCENDING_PREFERENCE) {
            int candidate = effective(weights, coding.ordinal());
            if (offered.contains(coding)
                    && candidate != UNLISTED
                    && candidate > 0
                    && candidate >= weight) {
                best = coding;
                weight = candidate;
            }
        }
        return Negotiation.of(best, identity != 0);
    }

    /** The weights after the list member {@code bytes[from,to)}: a coding and maybe its weight. */
    private static long member(byte[] bytes, int from, int to, long weights) {
        int start = skipWhitespace(bytes, from, to);
        int nameEnd = start;
        while (nameEnd < to && Ascii.isTokenChar(bytes[nameEnd])) {
            nameEnd++;
        }
        int lane = lane(bytes, start, nameEnd);
        int weight = weight(bytes, nameEnd, to);
        if (lane == NO_LANE || weight == MALFORMED || weight >= weightOf(weights, lane)) {
            return weights;
        }
        int shift = lane * Short.SIZE;
        return weights & ~(0xFFFFL << shift) | (long) weight << shift;
    }

    private static int lane(byte[] bytes, int from, int to) {
        if (to - from == 1 && bytes[from] == '*') {
            return ANY;
        }
        for (ContentCoding coding : CODINGS) {
            if (coding.isNamed(bytes, from, to)) {
                return coding.ordinal();
            }
        }
        return Ascii.equalsIgnoreCase(bytes, from, to, X_GZIP)
                ? ContentCoding.GZIP.ordinal()
                : NO_LANE;
    }

    /** {@code [ OWS ";" OWS "q=" qvalue ] OWS}, in thousandths, or {@link #MALFORMED}. */
    private static int weight(byte[] bytes, int from, int to) {
        int at = skipWhitespace(bytes, from, to);
        if (at == to) {
            return FULL_WEIGHT;
        }
        if (bytes[at] != ';') {
            return MALFORMED;
        }
        at = skipWhitespace(bytes, at + 1, to);
        if (to - at < 3 || Ascii.lower(bytes[at]) != 'q' || bytes[at + 1] != '=') {
            return MALFORMED;
        }
        return qvalue(bytes, at + 2, to);
    }

    /** {@code qvalue OWS}: at most 1, with at most three decimals. */
    private static int qvalue(byte[] bytes, int from, int to) {
        int whole = bytes[from] - '0';
        if (whole != 0 && whole != 1) {
            return MALFORMED;
        }
        int value = whole * FULL_WEIGHT;
        int at = from + 1;
        if (at < to && bytes[at] == '.') {
            at++;
            for (int unit = FULL_WEIGHT / 10;
                    unit > 0 && at < to && isDigit(bytes[at]);
                    unit /= 10) {
                value += (bytes[at++] - '0') * unit;
            }
        }
        return skipWhitespace(bytes, at, to) == to && value <= FULL_WEIGHT ? value : MALFORMED;
    }

    /** The weight of a coding by its own name, else by {@code *}, else {@link #UNLISTED}. */
    private static int effective(long weights, int lane) {
        int own = weightOf(weights, lane);
        return own == UNLISTED ? weightOf(weights, ANY) : own;
    }

    private static int weightOf(long weights, int lane) {
        return (int) (weights >>> lane * Short.SIZE) & 0xFFFF;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static int skipWhitespace(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && Ascii.isWhitespace(bytes[at])) {
            at++;
        }
        return at;
    }

    private static int indexOf(byte[] bytes, int from, int to, char wanted) {
        int at = from;
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }
}
