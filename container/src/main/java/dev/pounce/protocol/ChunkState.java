package dev.pounce.protocol;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * How far a chunked body is (RFC 9112 section 7.1). What has no cell in the table is malformed; so
 * no byte is read over that was not looked at.
 *
 * <p>White space between a chunk's size and its first extension has no cell, although the grammar
 * has it: see decision 10.
 */
enum ChunkState {
    /** Before the first digit of a size. */
    SIZE_FIRST("a chunk size that is no hexadecimal number"),
    /** Behind a digit of a size. */
    SIZE("a chunk size that is no hexadecimal number"),
    /** Before the name of an extension. */
    NAME_FIRST("a malformed chunk extension"),
    /** In the name of an extension. */
    NAME("a malformed chunk extension"),
    /** In white space behind the name of an extension. */
    NAME_BLANK("a malformed chunk extension"),
    /** Before the value of an extension. */
    VALUE_FIRST("a malformed chunk extension"),
    /** In a value that is a token. */
    VALUE("a malformed chunk extension"),
    /** In a value that is a quoted string. */
    QUOTED("a malformed quoted string in a chunk extension"),
    /** Behind a backslash in a quoted string. */
    QUOTED_PAIR("a malformed quoted string in a chunk extension"),
    /** Behind a quoted string. */
    QUOTED_END("a malformed chunk extension"),
    /** In white space behind a value. */
    VALUE_BLANK("a malformed chunk extension"),
    /** Behind the CR of a size line. */
    SIZE_LF("a chunk size line without CRLF"),
    /** In the bytes of a chunk. */
    DATA("a chunk in disorder"),
    /** Behind the last byte of a chunk. */
    DATA_CR("a chunk that is longer than its size"),
    /** Behind the CR that follows a chunk. */
    DATA_LF("a chunk that does not end with CRLF"),
    /** Before a trailer line or the empty line that ends the body. */
    LINE_FIRST("a bare LF or a control character in the trailers"),
    /** In a trailer line. */
    LINE("a bare LF or a control character in the trailers"),
    /** Behind the CR of a trailer line. */
    LINE_LF("a bare CR in the trailers"),
    /** Behind the CR of the empty line. */
    LAST_LF("a bare CR in the trailers"),
    /** The body is complete. */
    COMPLETE("bytes behind the content"),
    /** The body was refused; nothing follows. */
    BROKEN("content that was malformed before");

    /** What can come: a byte of one of these classes, or news about the chunk. */
    enum Input {
        /** A hexadecimal digit. */
        DIGIT,
        /** Another character of a token (RFC 9110 section 5.6.2). */
        TOKEN,
        SEMICOLON,
        EQUALS,
        QUOTE,
        BACKSLASH,
        /** Space or tab. */
        BLANK,
        /** Another byte that a field value may have (RFC 9110 section 5.5). */
        TEXT,
        CR,
        LF,
        /** A control character other than tab, CR and LF. */
        CONTROL,
        /** All bytes of a chunk were taken. */
        CHUNK_TAKEN,
        /** The chunk has the size 0. */
        LAST_CHUNK;

        private static final Input[] OF_BYTE = new Input[256];

        static {
            for (int b = 0; b < OF_BYTE.length; b++) {
                OF_BYTE[b] = classify((byte) b);
            }
        }

        private static Input classify(byte b) {
            return switch (b) {
                case ';' -> SEMICOLON;
                case '=' -> EQUALS;
                case '"' -> QUOTE;
                case '\\' -> BACKSLASH;
                case ' ', '\t' -> BLANK;
                case '\r' -> CR;
                case '\n' -> LF;
                default -> {
                    if (Characters.hex(b) >= 0) {
                        yield DIGIT;
                    }
                    if (Characters.isToken(b)) {
                        yield TOKEN;
                    }
                    yield Characters.isFieldValue(b) ? TEXT : CONTROL;
                }
            };
        }

        static Input of(byte b) {
            return OF_BYTE[b & 0xff];
        }
    }

    private static final ChunkState[][] TABLE =
            new ChunkState[values().length][Input.values().length];

    static {
        SIZE_FIRST.put(SIZE, Input.DIGIT);
        SIZE.put(SIZE, Input.DIGIT);
        SIZE.put(NAME_FIRST, Input.SEMICOLON);
        SIZE.put(SIZE_LF, Input.CR);
        extensions();
        SIZE_LF.put(DATA, Input.LF);
        DATA.put(DATA_CR, Input.CHUNK_TAKEN);
        DATA.put(LINE_FIRST, Input.LAST_CHUNK);
        DATA_CR.put(DATA_LF, Input.CR);
        DATA_LF.put(SIZE_FIRST, Input.LF);
        trailers();
    }

    private static void extensions() {
        NAME_FIRST.put(NAME_FIRST, Input.BLANK);
        NAME_FIRST.put(NAME, Input.DIGIT, Input.TOKEN);
        NAME.put(NAME, Input.DIGIT, Input.TOKEN);
        VALUE_FIRST.put(VALUE_FIRST, Input.BLANK);
        VALUE_FIRST.put(VALUE, Input.DIGIT, Input.TOKEN);
        VALUE_FIRST.put(QUOTED, Input.QUOTE);
        VALUE.put(VALUE, Input.DIGIT, Input.TOKEN);
        for (ChunkState named : new ChunkState[] {NAME, NAME_BLANK}) {
            named.put(VALUE_FIRST, Input.EQUALS);
            named.put(NAME_BLANK, Input.BLANK);
            named.put(NAME_FIRST, Input.SEMICOLON);
        }
        for (ChunkState valued : new ChunkState[] {VALUE, QUOTED_END, VALUE_BLANK}) {
            valued.put(VALUE_BLANK, Input.BLANK);
            valued.put(NAME_FIRST, Input.SEMICOLON);
        }
        for (ChunkState complete : new ChunkState[] {NAME, VALUE, QUOTED_END}) {
            complete.put(SIZE_LF, Input.CR);
        }
        for (Input text : visible()) {
            QUOTED.put(QUOTED, text);
            QUOTED_PAIR.put(QUOTED, text);
        }
        QUOTED.put(QUOTED_END, Input.QUOTE);
        QUOTED.put(QUOTED_PAIR, Input.BACKSLASH);
    }

    private static void trailers() {
        for (Input text : visible()) {
            LINE_FIRST.put(LINE, text);
            LINE.put(LINE, text);
        }
        LINE_FIRST.put(LAST_LF, Input.CR);
        LINE.put(LINE_LF, Input.CR);
        LINE_LF.put(LINE_FIRST, Input.LF);
        LAST_LF.put(COMPLETE, Input.LF);
    }

    /** The bytes that a field value and a quoted string may have. */
    private static Input[] visible() {
        return Arrays.copyOf(Input.values(), Input.TEXT.ordinal() + 1);
    }

    private void put(ChunkState next, Input... inputs) {
        for (Input input : inputs) {
            TABLE[ordinal()][input.ordinal()] = next;
        }
    }

    private final String otherwise;

    /**
     * @param otherwise what a body is called that goes on otherwise than the table says
     */
    ChunkState(String otherwise) {
        this.otherwise = otherwise;
    }

    /** The state that follows, or null where the input is malformed. */
    @Nullable ChunkState next(Input input) {
        return TABLE[ordinal()][input.ordinal()];
    }

    /**
     * The state that follows.
     *
     * @throws ProtocolException when the table has no such cell
     */
    ChunkState on(Input input) throws ProtocolException {
        ChunkState next = next(input);
        if (next == null) {
            throw ChunkDecoder.malformed(otherwise);
        }
        return next;
    }

    /** Whether the state is in the extensions of a chunk. */
    boolean isExtension() {
        return compareTo(NAME_FIRST) >= 0 && compareTo(VALUE_BLANK) <= 0;
    }
}
