package dev.pounce.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdInputStream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/** The peer: decodes what has arrived so far, and checks it against the payload. */
abstract sealed class Probe implements AutoCloseable {

    private final byte[] payload;
    private int decoded;

    private Probe(byte[] payload) {
        this.payload = payload;
    }

    static Probe of(ContentCoding coding, byte[] payload) {
        return switch (coding) {
            case GZIP -> new Gzip(payload);
            case ZSTD -> new Zstd(payload);
            case IDENTITY -> throw new IllegalArgumentException();
        };
    }

    /** Decodes these bytes of the wire as far as they go. */
    abstract void receive(ByteBuffer bytes);

    /** Whether the encoding's own end has been seen. */
    abstract boolean ended();

    /** A second decoder, which takes the body in one piece. */
    abstract InputStream wholeDecoder(InputStream encoded) throws IOException;

    @Override
    public abstract void close();

    int decoded() {
        return decoded;
    }

    void verify(ByteBuffer plain) {
        int length = plain.remaining();
        assertTrue(decoded + length <= payload.length, "more than was written");
        assertEquals(ByteBuffer.wrap(payload, decoded, length), plain);
        decoded += length;
    }

    void verifyEnd(byte[] encoded) throws IOException {
        assertTrue(ended(), "no end");
        assertEquals(payload.length, decoded);
        try (InputStream in = wholeDecoder(new ByteArrayInputStream(encoded))) {
            assertArrayEquals(payload, in.readAllBytes());
        }
    }

    private static final class Gzip extends Probe {
        private static final int HEADER = 10;
        private static final int TRAILER = 8;
        private final Inflater inflater = new Inflater(true);
        private final ByteBuffer out = ByteBuffer.allocateDirect(64 << 10);
        private int header;
        private int trailer;

        Gzip(byte[] payload) {
            super(payload);
        }

        @Override
        void receive(ByteBuffer bytes) {
            int skip = Math.min(HEADER - header, bytes.remaining());
            header += skip;
            bytes.position(bytes.position() + skip);
            while (!inflater.finished()) {
                inflater.setInput(bytes);
                out.clear();
                try {
                    if (inflater.inflate(out) == 0 && !bytes.hasRemaining()) {
                        return;
                    }
                } catch (DataFormatException e) {
                    throw new AssertionError(e);
                }
                verify(out.flip());
            }
            trailer += bytes.remaining();
            assertTrue(trailer <= TRAILER, "bytes after the end");
        }

        @Override
        boolean ended() {
            return inflater.finished() && trailer == TRAILER;
        }

        @Override
        InputStream wholeDecoder(InputStream encoded) throws IOException {
            return new GZIPInputStream(encoded);
        }

        @Override
        public void close() {
            inflater.end();
        }
    }

    private static final class Zstd extends Probe {
        private final ZstdDecompressCtx codec = new ZstdDecompressCtx();
        private final ByteBuffer in = ByteBuffer.allocateDirect(64 << 10);
        private final ByteBuffer out = ByteBuffer.allocateDirect(64 << 10);
        private boolean ended;

        Zstd(byte[] payload) {
            super(payload);
        }

        @Override
        void receive(ByteBuffer bytes) {
            if (!bytes.hasRemaining()) {
                return;
            }
            assertFalse(ended, "bytes after the end");
            in.clear().put(bytes).flip();
            do {
                out.clear();
                ended = codec.decompressDirectByteBufferStream(out, in);
                assertFalse(ended && in.hasRemaining(), "bytes after the end");
                verify(out.flip());
            } while (!ended && (in.hasRemaining() || out.limit() == out.capacity()));
        }

        @Override
        boolean ended() {
            return ended;
        }

        @Override
        InputStream wholeDecoder(InputStream encoded) throws IOException {
            return new ZstdInputStream(encoded);
        }

        @Override
        public void close() {
            codec.close();
        }
    }
}
