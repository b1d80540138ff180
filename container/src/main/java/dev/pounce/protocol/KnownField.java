package dev.pounce.protocol;

import org.jspecify.annotations.Nullable;

/** The request fields that the server itself reads; the parser remembers where they are. */
public enum KnownField {
    HOST("host"),
    CONTENT_LENGTH("content-length"),
    TRANSFER_ENCODING("transfer-encoding"),
    CONNECTION("connection"),
    EXPECT("expect"),
    ACCEPT_ENCODING("accept-encoding"),
    TE("te");

    private static final KnownField[] ALL = values();

    private final byte[] lowerCase;

    KnownField(String lowerCase) {
        this.lowerCase = lowerCase.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    static int count() {
        return ALL.length;
    }

    static @Nullable KnownField of(byte[] bytes, int from, int to) {
        switch (bytes[from] | 0x20) {
            case 'h', 'c', 't', 'e', 'a' -> {}
            default -> {
                return null;
            }
        }
        for (KnownField field : ALL) {
            if (field.lowerCase.length == to - from
                    && Ascii.equalsIgnoreCase(bytes, from, field.lowerCase)) {
                return field;
            }
        }
        return null;
    }
}
