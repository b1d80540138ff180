package dev.pounce.servlet.http;

/** What a cookie's value may be made of (RFC 6265 section 4.1.1). */
final class CookieSyntax {
    private CookieSyntax() {}

    /** Whether a text is a cookie-value: cookie-octets, which may stand in double quotes. */
    static boolean isValue(String text) {
        int from = 0;
        int to = text.length();
        if (to >= 2 && text.charAt(0) == '"' && text.charAt(to - 1) == '"') {
            from++;
            to--;
        }
        for (int i = from; i < to; i++) {
            if (!isOctet(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOctet(char c) {
        return c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
    }

    /** Whether a text is an attribute's value: anything printable but a semicolon. */
    static boolean isAttributeValue(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != ';');
    }
}
