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
 * Encodes characters. As far as nobody can tell the difference it gathers small pieces and encodes
 * them together: never more than the response would have held too, and none where each write has to
 * go on at once. What has gathered is encoded before anything is decided by what was written
 * ({@link #settle}).
 *
 * <p>What gathers is in the hands of one thread, the one that has the request. From {@link #share}
 * on nothing gathers, and the caller's lock is all that is needed.
 */
final class EncodingWriter extends Writer {
    private static final int BYTES = 2048;

    /** Room for whatever a charset makes of one character, or says at beginning or end. */
    private static final int FEW = 16;

    /** Characters that gather at most. */
    private static final int GATHERED = 1024;

    /** Characters that the first, short piece is given room for. */
    private static final int GATHERED_AT_FIRST = 128;

    /** To gather fewer than these is not worth it. */
    private static final int WORTHWHILE = 64;

    /** Characters that are encoded at a time where the platform does it as a whole. */
    private static final int PIECE = 8192;

    private static final char[] NOTHING = {};

    /** Where no character depends on the one before, and nothing stands at beginning or end. */
    private static final Set<Charset> STATELESS =
            Set.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, StandardCharsets.US_ASCII);

    private final BridgeOutputStream out;
    private final Charset charset;
    private final boolean stateless;
    private boolean shared;
    private @Nullable CharsetEncoder encoder;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private char highSurrogate;
    private char[] gathered = NOTHING;
    private CharBuffer gatheredText = CharBuffer.wrap(NOTHING);
    private int count;

    /** How many characters may gather, until some are encoded. */
    private int room;

    /**
     * @param shared whether several threads write
     */
    EncodingWriter(BridgeOutputStream out, Charset charset, boolean shared) {
        this.out = out;
        this.charset = charset;
        this.shared = shared;
        stateless = STATELESS.contains(charset);
    }

    /** From now on several threads write. To be called when everything is settled. */
    void share() {
        shared = true;
    }

    // --- what gathers --------------------------------------------------------------------------

    /** Takes a character, unless there is no room for it. */
    boolean gather(char c) {
        if (count >= room) {
            return false;
        }
        gathered[count++] = c;
        return true;
    }

    /** Takes a text, unless there is no room for it. */
    boolean gather(String text, int offset, int length) {
        int at = count;
        if (length > room - at) {
            return false;
        }
        text.getChars(offset, offset + length, gathered, at);
        count = at + length;
        return true;
    }

    /** Takes a text, unless there is no room for it. */
    boolean gather(char[] text, int offset, int length) {
        int at = count;
        if (length > room - at) {
            return false;
        }
        System.arraycopy(text, offset, gathered, at, length);
        count = at + length;
        return true;
    }

    /** Makes room for a piece after what has gathered was encoded; false when there is none. */
    private boolean makeRoom(int length) throws IOException {
        settle();
        if (shared || length > GATHERED / 2) {
            return false;
        }
        int most = Math.min(GATHERED, (int) (out.gatherable() / maxBytesPerChar()));
        if (most < Math.max(length, WORTHWHILE)) {
            return false;
        }
        if (gathered.length < most) {
            boolean first = gathered.length == 0 && length <= GATHERED_AT_FIRST / 2;
            gathered = new char[first ? GATHERED_AT_FIRST : GATHERED];
            gatheredText = CharBuffer.wrap(gathered);
        }
        room = Math.min(most, gathered.length);
        return true;
    }

    private float maxBytesPerChar() {
        return stateless ? 3 : encoder().maxBytesPerChar();
    }

    /** Encodes what has gathered: the response has all that was written. */
    void settle() throws IOException {
        int length = count;
        count = 0;
        room = 0;
        if (length == 0) {
            return;
        }
        if (stateless && length <= GATHERED_AT_FIRST) {
            encode(new String(gathered, 0, length), 0, length);
        } else {
            encode(gatheredText.clear().limit(length));
        }
    }

    // --- what is written on --------------------------------------------------------------------

    /** Of characters that come one by one a line counts as one write. */
    @Override
    public void write(int c) throws IOException {
        if (makeRoom(1)) {
            gather((char) c);
            return;
        }
        encode(CharBuffer.wrap(new char[] {(char) c}));
        if (c == '\n') {
            out.wrote();
        }
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, text.length);
        if (makeRoom(length)) {
            gather(text, offset, length);
            return;
        }
        if (stateless && length > 1) {
            encode(new String(text, offset, length), 0, length);
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
        if (makeRoom(length)) {
            gather(text, offset, length);
            return;
        }
        if (stateless && length > 1) {
            encode(text, offset, offset + length);
        } else {
            encode(CharBuffer.wrap(text, offset, offset + length));
        }
        if (length > 0) {
            out.wrote();
        }
    }

    /** The platform encodes whole strings several times as fast as an encoder does. */
    private void encode(String text, int from, int to) throws IOException {
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
        CharsetEncoder used = encoder();
        CoderResult result;
        do {
            ByteBuffer target = bytes(text.remaining());
            result = used.encode(text, target, false);
            if (!result.isOverflow() && text.hasRemaining()) {
                // Half a pair that nothing can complete: the encoder waits for the other half.
                text.position(text.limit());
                target.put(used.replacement());
            }
            out.append(target.array(), 0, target.position());
        } while (result.isOverflow());
    }

    private CharsetEncoder encoder() {
        CharsetEncoder made = encoder;
        if (made == null) {
            made =
                    charset.newEncoder()
                            .onMalformedInput(CodingErrorAction.REPLACE)
                            .onUnmappableCharacter(CodingErrorAction.REPLACE);
            encoder = made;
        }
        return made;
    }

    /**
     * An empty buffer with room for some of these characters, and for a character's replacement.
     */
    private ByteBuffer bytes(int characters) {
        int wanted = Math.clamp((long) characters + FEW, 4 * FEW, BYTES);
        if (bytes.capacity() < wanted) {
            bytes = ByteBuffer.allocate(wanted);
        }
        return bytes.clear();
    }

    @Override
    public void flush() throws IOException {
        settle();
        out.flush();
    }

    @Override
    public void close() throws IOException {
        settle();
        if (highSurrogate != 0) {
            char half = highSurrogate;
            highSurrogate = 0;
            drain(CharBuffer.wrap(new char[] {half}));
        }
        CharsetEncoder used = encoder;
        if (used != null || !stateless) {
            used = encoder();
            ByteBuffer target = bytes(0);
            used.encode(CharBuffer.allocate(0), target, true);
            used.flush(target);
            out.append(target.array(), 0, target.position());
        }
        out.close();
    }

    /** Forgets what was held back, since the response's buffer was emptied. */
    void reset() {
        count = 0;
        room = 0;
        highSurrogate = 0;
        CharsetEncoder used = encoder;
        if (used != null) {
            used.reset();
        }
    }
}
