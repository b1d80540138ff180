package dev.pounce.servlet.http;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/**
 * Encodes characters and holds none of them back, but for half a surrogate pair: the response has a
 * buffer, and with a second one its size, its reset and its commit would mean nothing.
 */
final class EncodingWriter extends Writer {
    private static final int BYTES = 2048;

    /** Characters that are encoded at a time where the platform does it as a whole. */
    private static final int PIECE = 8192;

    /** Where no character depends on the one before, and nothing stands at beginning or end. */
    private static final Set<Charset> STATELESS =
            Set.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, StandardCharsets.US_ASCII);

    private final BridgeOutputStream out;
    private final @Nullable Charset stateless;
    private final CharsetEncoder encoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    private char highSurrogate;

    EncodingWriter(BridgeOutputStream out, Charset charset) {
        this.out = out;
        stateless = STATELESS.contains(charset) ? charset : null;
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
        if (stateless != null && length > 1) {
            encode(stateless, new String(text, offset, length), 0, length);
        } else {
            encode(CharBuffer.wrap(text, offset, length));
        }
        if (length > 0) {
            out.wrote();
        }
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, text.length());
        if (stateless != null && length > 1) {
            encode(stateless, text, offset, offset + length);
        } else {
            encode(CharBuffer.wrap(text, offset, offset + length));
        }
        if (length > 0) {
            out.wrote();
        }
    }

    /** The platform encodes whole strings several times as fast as an encoder does. */
    private void encode(Charset charset, String text, int from, int to) throws IOException {
        int begin = from;
        if (highSurrogate != 0) {
            encode(CharBuffer.wrap(text, begin, begin + 1));
            begin++;
        }
        while (begin < to) {
            int end = Math.min(begin + PIECE, to);
            if (Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            if (end == begin) {
                encode(CharBuffer.wrap(text, begin, begin + 1));
                end++;
            } else {
                byte[] encoded = text.substring(begin, end).getBytes(charset);
                out.append(encoded, 0, encoded.length);
            }
            begin = end;
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
