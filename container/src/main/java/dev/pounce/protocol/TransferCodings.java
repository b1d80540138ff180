package dev.pounce.protocol;

import java.util.List;

/**
 * What the Transfer-Encoding of a request may be: {@code chunked}, once and alone (RFC 9112 section
 * 6.1).
 */
final class TransferCodings {
    private static final String CHUNKED = "chunked";

    private TransferCodings() {}

    /**
     * @throws ProtocolException 400 when the list is malformed or {@code chunked} is in it twice,
     *     not last or with parameters; 501 when there is a coding that the server does not have
     */
    static void check(List<String> lines) throws ProtocolException {
        String[] elements = String.join(",", lines).split(",", -1);
        boolean unknown = false;
        boolean chunked = false;
        for (String element : elements) {
            String coding = withoutBlanks(element);
            int semicolon = coding.indexOf(';');
            String name = withoutBlanks(semicolon < 0 ? coding : coding.substring(0, semicolon));
            if (!isToken(name)) {
                throw refused("a malformed transfer coding (RFC 9112 section 7)");
            }
            if (chunked) {
                throw refused("chunked twice or not last (RFC 9112 section 6.1)");
            }
            chunked = name.equalsIgnoreCase(CHUNKED);
            if (chunked && semicolon >= 0) {
                throw refused("chunked with parameters (RFC 9112 section 7.1)");
            }
            unknown |= !chunked;
        }
        if (unknown) {
            throw new ProtocolException(
                    501,
                    "POUNCE_PARSE_TRANSFER_CODING",
                    "an unknown transfer coding (RFC 9112 section 6.1)");
        }
    }

    private static String withoutBlanks(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Characters.isToken((byte) text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static ProtocolException refused(String what) {
        return new ProtocolException(400, "POUNCE_PARSE_FRAMING", what);
    }
}
