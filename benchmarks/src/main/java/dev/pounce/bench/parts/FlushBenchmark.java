package dev.pounce.bench.parts;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

import dev.pounce.bench.app.EventText;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * What one flush of a streamed response costs: 64 KiB of JSON events, written and flushed in chunks
 * of 1 KiB through a context that is kept from stream to stream, as the server's pool does. The
 * score is the time for one chunk; the encoded size is printed at the end of a trial.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"
        })
public class FlushBenchmark {

    private static final int CHUNK = 1 << 10;
    private static final int CHUNKS = 64;
    private static final int SIZE = CHUNK * CHUNKS;

    /** The input, and the size of the output of the last stream. */
    @State(Scope.Thread)
    public abstract static class Stream {

        final byte[] text = EventText.bytes(SIZE);
        int encoded;

        /**
         * Encodes the whole text, with a flush after each chunk but for the last, which ends it.
         */
        abstract int encode();

        /** Decodes what {@link #encode} left in its output. */
        abstract byte[] decode(int length) throws DataFormatException;

        final void check() throws DataFormatException {
            if (!Arrays.equals(text, decode(encode()))) {
                throw new IllegalStateException("The encoded stream does not decode to its input");
            }
        }

        final void report(String coding) {
            System.out.printf(
                    Locale.ROOT,
                    "%n%s: %d bytes in %d flushes to %d bytes, %.1f %%%n",
                    coding,
                    SIZE,
                    CHUNKS,
                    encoded,
                    100.0 * encoded / SIZE);
        }
    }

    /** The zstd coding (RFC 8878) with a window of 128 KiB. */
    public static class ZstdStream extends Stream {

        private static final int WINDOW_LOG = 17;

        @Param({"1", "3"})
        public int zstdLevel;

        private final ZstdCompressCtx context = new ZstdCompressCtx();
        private final ByteBuffer in = ByteBuffer.allocateDirect(SIZE);
        private final ByteBuffer out =
                ByteBuffer.allocateDirect((int) Zstd.compressBound(SIZE) * 2);

        @Setup
        public void prepare() throws DataFormatException {
            in.put(text);
            context.setLevel(zstdLevel);
            context.setWindowLog(WINDOW_LOG);
            check();
        }

        @TearDown
        public void close() {
            context.close();
            report("zstd level " + zstdLevel);
        }

        @Override
        int encode() {
            out.clear();
            for (int end = CHUNK; end <= SIZE; end += CHUNK) {
                in.position(end - CHUNK).limit(end);
                EndDirective directive = end < SIZE ? EndDirective.FLUSH : EndDirective.END;
                while (!context.compressDirectByteBufferStream(out, in, directive)) {
                    continue;
                }
            }
            encoded = out.position();
            return encoded;
        }

        @Override
        byte[] decode(int length) {
            byte[] bytes = new byte[length];
            out.get(0, bytes);
            return Zstd.decompress(bytes, SIZE);
        }
    }

    /** The deflate of the gzip coding (RFC 1952), without its head and check sum. */
    public static class GzipStream extends Stream {

        @Param({"5", "6"})
        public int gzipLevel;

        private Deflater deflater = new Deflater();
        private final byte[] out = new byte[SIZE * 2];

        @Setup
        public void prepare() throws DataFormatException {
            deflater.end();
            deflater = new Deflater(gzipLevel, true);
            check();
        }

        @TearDown
        public void close() {
            deflater.end();
            report("gzip level " + gzipLevel);
        }

        @Override
        int encode() {
            deflater.reset();
            int length = 0;
            for (int start = 0; start < SIZE; start += CHUNK) {
                deflater.setInput(text, start, CHUNK);
                int mode = Deflater.SYNC_FLUSH;
                if (start + CHUNK == SIZE) {
                    deflater.finish();
                    mode = Deflater.NO_FLUSH;
                }
                length += deflater.deflate(out, length, out.length - length, mode);
            }
            encoded = length;
            return length;
        }

        @Override
        byte[] decode(int length) throws DataFormatException {
            try (Inflater inflater = new Inflater(true)) {
                byte[] bytes = new byte[SIZE];
                inflater.setInput(out, 0, length);
                int count = inflater.inflate(bytes);
                return Arrays.copyOf(bytes, count);
            }
        }
    }

    /** A flush of zstd. */
    @Benchmark
    @OperationsPerInvocation(CHUNKS)
    public int zstd(ZstdStream stream) {
        return stream.encode();
    }

    /** A sync flush of gzip. */
    @Benchmark
    @OperationsPerInvocation(CHUNKS)
    public int gzip(GzipStream stream) {
        return stream.encode();
    }
}
