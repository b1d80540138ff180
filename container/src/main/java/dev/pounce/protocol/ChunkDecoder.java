package dev.pounce.protocol;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Chunked content (RFC 9112 section 7.1); every byte that is skipped is checked first. */
public final class ChunkDecoder implements BodyDecoder {
    private static final int MAX_SIZE_DIGITS = 15;
    private static final int MAX_EXTENSIONS = 4096;

    /**
     * Fields that frame, route or authenticate a message are dropped from trailers (RFC 9110
     * section 6.5.1).
     */
    private static final Set<String> FORBIDDEN_TRAILERS =
            Set.of(
                    "transfer-encoding",
                    "content-length",
                    "content-encoding",
                    "content-type",
                    "content-range",
                    "trailer",
                    "host",
                    "connection",
                    "keep-alive",
                    "upgrade",
                    "te",
                    "expect",
                    "range",
                    "cookie",
                    "set-cookie",
                    "authorization",
                    "proxy-authorization",
                    "max-forwards",
                    "cache-control",
                    "pragma",
                    "age",
                    "expires",
                    "date",
                    "vary");

    private enum State {
        SIZE_FIRST,
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER,
        COMPLETE
    }

    private final int maxTrailers;
    private State state = State.SIZE_FIRST;
    private long left;
    private int digits;
    private int extensionBytes;
    private byte[] trailerBytes = new byte[0];
    private int trailerLength;
    private int trailerLine;
    private final Map<String, String> trailers = new LinkedHashMap<>();

    /**
     * @param maxTrailers bytes of the trailer section; above it 431
     */
    public ChunkDecoder(int maxTrailers) {
        this.maxTrailers = maxTrailers;
    }

    @Override
    public boolean decode(ByteBuffer received, ByteBuffer content) throws ProtocolException {
        while (state != State.COMPLETE) {
            if (state == State.DATA) {
                left -= BodyDecoder.move(received, content, left);
                if (left > 0) {
                    return false;
                }
                state = State.DATA_CR;
            } else if (received.hasRemaining()) {
                state = next(received.get());
            } else {
                return false;
            }
        }
        return true;
    }

    private State next(byte b) throws ProtocolException {
        return switch (state) {
            case SIZE_FIRST, SIZE -> size(b);
            case EXTENSION -> extension(b);
            case SIZE_LF -> {
                expect(b, '\n', "a chunk size line without CRLF");
                yield left == 0 ? State.TRAILER : State.DATA;
            }
            case DATA_CR -> {
                expect(b, '\r', "a chunk that is longer than its size");
                yield State.DATA_LF;
            }
            case DATA_LF -> {
                expect(b, '\n', "a chunk that does not end with CRLF");
                left = 0;
                digits = 0;
                yield State.SIZE_FIRST;
            }
            case TRAILER -> trailer(b);
            case DATA, COMPLETE -> throw new IllegalStateException(state.name());
        };
    }

    private State size(byte b) throws ProtocolException {
        int digit = Characters.hex(b);
        if (digit >= 0) {
            if (++digits > MAX_SIZE_DIGITS) {
                throw malformed("a chunk size of more than 15 digits");
            }
            left = left << 4 | digit;
            return State.SIZE;
        }
        if (state == State.SIZE_FIRST) {
            throw malformed("a chunk size that is no hexadecimal number");
        }
        return switch (b) {
            case '\r' -> State.SIZE_LF;
            case ';' -> State.EXTENSION;
            default -> throw malformed("a chunk size that is no hexadecimal number");
        };
    }

    /**
     * Extensions are read over, as RFC 9112 section 7.1.1 asks, but bounded over the whole message.
     */
    private State extension(byte b) throws ProtocolException {
        if (b == '\r') {
            return State.SIZE_LF;
        }
        if (!Characters.isFieldValue(b)) {
            throw malformed("a control character in a chunk extension");
        }
        if (++extensionBytes > MAX_EXTENSIONS) {
            throw new ProtocolException(
                    400,
                    "POUNCE_LIMIT_CHUNK_EXTENSIONS",
                    "more than 4096 bytes of chunk extensions");
        }
        return State.EXTENSION;
    }

    private State trailer(byte b) throws ProtocolException {
        if (trailerLength == maxTrailers) {
            throw new ProtocolException(
                    431, "POUNCE_LIMIT_TRAILERS", "trailers larger than " + maxTrailers + " bytes");
        }
        if (trailerLength == trailerBytes.length) {
            trailerBytes = java.util.Arrays.copyOf(trailerBytes, Math.max(64, trailerLength * 2));
        }
        boolean afterCr = trailerLength > trailerLine && trailerBytes[trailerLength - 1] == '\r';
        trailerBytes[trailerLength++] = b;
        if (b != '\n') {
            if (afterCr) {
                throw malformed("a bare CR in the trailers");
            }
            return State.TRAILER;
        }
        if (!afterCr) {
            throw malformed("a bare LF in the trailers");
        }
        int lineEnd = trailerLength - 2;
        if (lineEnd == trailerLine) {
            return State.COMPLETE;
        }
        FieldLine.parse(trailerBytes, trailerLine, lineEnd, this::addTrailer);
        trailerLine = trailerLength;
        return State.TRAILER;
    }

    private void addTrailer(int nameStart, int nameEnd, int valueStart, int valueEnd) {
        String name = Ascii.text(trailerBytes, nameStart, nameEnd).toLowerCase(Locale.ROOT);
        if (!FORBIDDEN_TRAILERS.contains(name)) {
            String value = Ascii.text(trailerBytes, valueStart, valueEnd);
            trailers.merge(name, value, (first, second) -> first + ", " + second);
        }
    }

    /** The trailer fields with names in lower case; complete when the content is. */
    public Map<String, String> trailers() {
        return trailers;
    }

    @Override
    public boolean isComplete() {
        return state == State.COMPLETE;
    }

    private static void expect(byte b, char wanted, String otherwise) throws ProtocolException {
        if (b != wanted) {
            throw malformed(otherwise);
        }
    }

    private static ProtocolException malformed(String what) {
        return new ProtocolException(400, "POUNCE_PARSE_CHUNK", what + " (RFC 9112 section 7.1)");
    }
}
