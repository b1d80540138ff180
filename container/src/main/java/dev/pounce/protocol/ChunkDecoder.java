package dev.pounce.protocol;

import dev.pounce.protocol.ChunkState.Input;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Chunked content (RFC 9112 section 7.1). Once it has thrown it throws the same at every call, so
 * that nobody who overlooks an error can go on behind it.
 */
public final class ChunkDecoder implements BodyDecoder {
    private static final int MAX_SIZE_DIGITS = 15;
    private static final int MAX_EXTENSIONS = 4096;
    private static final int MAX_TRAILER_FIELDS = 100;

    private final int maxTrailers;
    private ChunkState state = ChunkState.SIZE_FIRST;
    private @Nullable ProtocolException failure;
    private long left;
    private int digits;
    private int extensionBytes;
    private byte[] trailerBytes = {};
    private int trailerLength;
    private int trailerLine;
    private int trailerCount;
    private final Map<String, String> trailers = new LinkedHashMap<>();

    /**
     * @param maxTrailers bytes of the trailer section; above it 431
     */
    public ChunkDecoder(int maxTrailers) {
        this.maxTrailers = maxTrailers;
    }

    @Override
    public boolean decode(ByteBuffer received, ByteBuffer content) throws ProtocolException {
        if (failure != null) {
            throw failure;
        }
        try {
            return decodeSound(received, content);
        } catch (ProtocolException e) {
            state = ChunkState.BROKEN;
            failure = e;
            throw e;
        }
    }

    private boolean decodeSound(ByteBuffer received, ByteBuffer content) throws ProtocolException {
        while (state != ChunkState.COMPLETE) {
            if (state == ChunkState.DATA) {
                left -= BodyDecoder.move(received, content, left);
                if (left > 0) {
                    return false;
                }
                state = state.on(Input.CHUNK_TAKEN);
            } else if (received.hasRemaining()) {
                take(received.get());
            } else {
                return false;
            }
        }
        return true;
    }

    private void take(byte b) throws ProtocolException {
        ChunkState before = state;
        state = before.on(Input.of(b));
        switch (state) {
            case SIZE -> digit(b);
            case DATA -> {
                digits = 0;
                if (left == 0) {
                    state = state.on(Input.LAST_CHUNK);
                }
            }
            case LINE_FIRST, LINE, LINE_LF, LAST_LF -> trailer(b);
            default -> {
                if (state.isExtension()) {
                    extension();
                }
            }
        }
        if (before == ChunkState.LINE_LF) {
            endTrailerLine();
        }
    }

    private void digit(byte b) throws ProtocolException {
        if (++digits > MAX_SIZE_DIGITS) {
            throw malformed("a chunk size of more than 15 digits");
        }
        left = left << 4 | Characters.hex(b);
    }

    /**
     * Extensions are read over, as RFC 9112 section 7.1.1 asks, but bounded over the whole message.
     */
    private void extension() throws ProtocolException {
        if (++extensionBytes > MAX_EXTENSIONS) {
            throw new ProtocolException(
                    400,
                    "POUNCE_LIMIT_CHUNK_EXTENSIONS",
                    "more than 4096 bytes of chunk extensions");
        }
    }

    private void trailer(byte b) throws ProtocolException {
        if (trailerLength == maxTrailers) {
            throw new ProtocolException(
                    431, "POUNCE_LIMIT_TRAILERS", "trailers larger than " + maxTrailers + " bytes");
        }
        if (trailerLength == trailerBytes.length) {
            int larger = Math.min(maxTrailers, Math.max(64, trailerLength * 2));
            trailerBytes = Arrays.copyOf(trailerBytes, larger);
        }
        trailerBytes[trailerLength++] = b;
    }

    private void endTrailerLine() throws ProtocolException {
        if (++trailerCount > MAX_TRAILER_FIELDS) {
            throw new ProtocolException(
                    431,
                    "POUNCE_LIMIT_TRAILERS",
                    "more than " + MAX_TRAILER_FIELDS + " trailer fields");
        }
        FieldLine.parse(trailerBytes, trailerLine, trailerLength - 2, this::addTrailer);
        trailerLine = trailerLength;
    }

    private void addTrailer(int nameStart, int nameEnd, int valueStart, int valueEnd) {
        String name = Ascii.text(trailerBytes, nameStart, nameEnd).toLowerCase(Locale.ROOT);
        if (!TrailerFields.isForbidden(name)) {
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
        return state == ChunkState.COMPLETE;
    }

    static ProtocolException malformed(String what) {
        return new ProtocolException(400, "POUNCE_PARSE_CHUNK", what + " (RFC 9112 section 7.1)");
    }
}
