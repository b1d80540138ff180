package dev.pounce.servlet.http;

import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Objects;

/**
 * Encodes characters and holds none of them back, but for half a surrogate pair: the response has a
 * buffer, and with a second one its size, its reset and its commit would mean nothing.
 */
final class EncodingWriter extends Writer {
    private static final int BYTES = 2048;

    private final BridgeOutputStream out;
    private final CharsetEncoder encoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    private char highSurrogate;

    EncodingWriter(BridgeOutputStream out, Charset charset) {
        this.out = out;
        encoder =
                charset.newEncoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }

    /** Of characters that come one by one a line counts as one write. */
    @Override
    public void write(int c) throws IOException {
        encode(CharBuffer.wrap(new char[] {(char) c}));
        if (c == '\n') {
            out.wrote();
        }
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        encode(CharBuffer.wrap(text, offset, length));
        if (length > 0) {
            out.wrote();
        }
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, text.length());
        encode(CharBuffer.wrap(text, offset, offset + length));
        if (length > 0) {
            out.wrote();
        }
    }

    private void encode(CharBuffer text) throws IOException {
        if (!text.hasRemaining()) {
            return;
        }
        if (highSurrogate != 0) {
            CharBuffer pair = CharBuffer.allocate(2).put(highSurrogate);
            highSurrogate = 0;
            if (Character.isLowSurrogate(text.get(text.position()))) {
                pair.put(text.get());
            }
            drain(pair.flip());
        }
        int last = text.limit() - 1;
        if (text.hasRemaining() && Character.isHighSurrogate(text.get(last))) {
            highSurrogate = text.get(last);
            text.limit(last);
        }
        drain(text);
    }

    private void drain(CharBuffer text) throws IOException {
        CoderResult result;
        do {
            result = encoder.encode(text, bytes, false);
            if (!result.isOverflow() && text.hasRemaining()) {
                // Half a pair that nothing can complete: the encoder waits for the other half.
                text.position(text.limit());
                bytes.put(encoder.replacement());
            }
            out.append(bytes.array(), 0, bytes.position());
            bytes.clear();
        } while (result.isOverflow());
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        CharBuffer rest = CharBuffer.allocate(1);
        if (highSurrogate != 0) {
            rest.put(highSurrogate);
            highSurrogate = 0;
        }
        encoder.encode(rest.flip(), bytes, true);
        encoder.flush(bytes);
        out.append(bytes.array(), 0, bytes.position());
        bytes.clear();
        out.close();
    }

    /** Forgets what was held back, since the response's buffer was emptied. */
    void reset() {
        highSurrogate = 0;
        encoder.reset();
    }
}
