package dev.pounce.encoding;

import java.nio.charset.StandardCharsets;

/** A content coding that a response can have (RFC 9110 section 8.4.1). */
public enum ContentCoding {
    /** No coding; never named in a Content-Encoding field. */
    IDENTITY("identity"),
    /** RFC 1952. */
    GZIP("gzip"),
    /** RFC 8878, with the window bound of RFC 9659. */
    ZSTD("zstd");

    private final String token;
    private final byte[] ascii;

    ContentCoding(String token) {
        this.token = token;
        this.ascii = token.getBytes(StandardCharsets.US_ASCII);
    }

    /** The registered name, in lower case, as in Content-Encoding. */
    public String token() {
        return token;
    }

    /** Whether {@code bytes[from,to)} is this coding's name, in any case. */
    boolean isNamed(byte[] bytes, int from, int to) {
        return Ascii.equalsIgnoreCase(bytes, from, to, ascii);
    }
}
