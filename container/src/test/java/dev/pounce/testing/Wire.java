package dev.pounce.testing;

import java.nio.charset.StandardCharsets;

/**
 * Wire bytes out of text blocks: line ends become CRLF, and the control pictures of Unicode stand
 * for the control characters that a test wants to be alone: ␊ for LF, ␍ for CR, ␀ for NUL and so on
 * up to ␟; ␡ is DEL. Other characters are bytes of their own.
 */
public final class Wire {
    private static final char FIRST_PICTURE = '\u2400';
    private static final char LAST_PICTURE = '\u241f';
    private static final char DELETE_PICTURE = '\u2421';

    private Wire() {}

    /** The bytes. */
    public static byte[] bytes(String textBlock) {
        StringBuilder wire = new StringBuilder(textBlock.length() * 2);
        for (int i = 0; i < textBlock.length(); i++) {
            char c = textBlock.charAt(i);
            if (c == '\n') {
                wire.append("\r\n");
            } else if (c >= FIRST_PICTURE && c <= LAST_PICTURE) {
                wire.append((char) (c - FIRST_PICTURE));
            } else {
                wire.append(c == DELETE_PICTURE ? '\u007f' : c);
            }
        }
        return wire.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
