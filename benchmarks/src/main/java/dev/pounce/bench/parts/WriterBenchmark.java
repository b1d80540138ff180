package dev.pounce.bench.parts;

import dev.pounce.bench.app.Content;
import dev.pounce.config.CompressionConfig;
import dev.pounce.config.ServerConfig;
import dev.pounce.encoding.CompressibleTypes;
import dev.pounce.encoding.ContentCoding;
import dev.pounce.encoding.EncoderPool;
import dev.pounce.encoding.EncoderProfiles;
import dev.pounce.encoding.EncoderSettings;
import dev.pounce.encoding.Offer;
import dev.pounce.exchange.CodingPolicies;
import dev.pounce.exchange.CodingPolicy;
import dev.pounce.exchange.ConnectionInfo;
import dev.pounce.exchange.ContentLimits;
import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.ExchangeListener;
import dev.pounce.exchange.ExchangeSettings;
import dev.pounce.exchange.RequestIds;
import dev.pounce.exchange.ResponseHead;
import dev.pounce.exchange.ResponseSettings;
import dev.pounce.exchange.Sink;
import dev.pounce.exchange.StreamingSettings;
import dev.pounce.exchange.Suspension;
import dev.pounce.exchange.TimingSettings;
import dev.pounce.io.BufferPool;
import dev.pounce.io.SharedFile;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.protocol.RequestHead;
import dev.pounce.protocol.RequestParser;
import dev.pounce.protocol.ResponseFields;
import dev.pounce.servlet.http.BridgeResponse;
import dev.pounce.servlet.http.ListenerAccess;
import dev.pounce.servlet.http.ResponseServices;
import dev.pounce.servlet.io.Callbacks;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The way of a page of 16 KiB from a servlet's writer to where the connection would take it: 939
 * pieces through the façade, the writer, the response pipeline and an encoder.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseCompactObjectHeaders", "-XX:+UseParallelGC"})
public class WriterBenchmark {

    /** The content coding that the client asks for. */
    @Param({"identity", "gzip", "zstd"})
    public String coding = "identity";

    private final DiscardingSink sink = new DiscardingSink();
    private @Nullable EncoderPool encoders;
    private @Nullable RequestHead head;
    private @Nullable Exchange exchange;

    /** Makes what a worker makes once. */
    @Setup
    public void open() throws ProtocolException {
        encoders = new EncoderPool(64L << 20);
        head = new RequestHead();
        byte[] request =
                ("GET /page HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: " + coding + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        new RequestParser(8 << 10, 16 << 10, 100).parse(request, 0, request.length, head);
        exchange =
                new Exchange(settings(encoders), sink, head, Nobody.INSTANCE, Alone.INSTANCE, null);
    }

    private static ResponseSettings settings(EncoderPool encoders) {
        CodingPolicy policy =
                new CodingPolicy(
                        Offer.of(ContentCoding.ZSTD, ContentCoding.GZIP),
                        500,
                        new CompressibleTypes(List.of("text/*")),
                        false,
                        CompressionConfig.CrossSite.ENCODE,
                        new EncoderProfiles(EncoderSettings.defaults()));
        ExchangeSettings general =
                new ExchangeSettings(
                        new CodingPolicies(policy, List.of()),
                        new StreamingSettings(
                                new CompressibleTypes(List.of("text/event-stream")), 0),
                        new TimingSettings(ServerConfig.ServerTiming.OFF, "", System::nanoTime),
                        ContentLimits.of(ServerConfig.defaults()));
        return new ResponseSettings(
                general,
                encoders,
                new BufferPool(ResponseSettings.BUFFER_SIZE, 8),
                () -> false,
                new RequestIds("bench", false, false),
                Unheard.INSTANCE);
    }

    /** Frees the contexts. */
    @TearDown
    public void close() {
        if (encoders != null) {
            encoders.close();
        }
    }

    /**
     * Writes the page.
     *
     * @return the bytes of its content on the wire
     */
    @Benchmark
    public long page() throws IOException {
        Exchange current = Objects.requireNonNull(exchange);
        sink.bytes = 0;
        current.begin(Objects.requireNonNull(head), Nobody.INSTANCE, 0, new byte[0], 0, 0);
        BridgeResponse response = new BridgeResponse(current, Services.INSTANCE);
        response.setContentType("text/html; charset=utf-8");
        PrintWriter writer = response.getWriter();
        for (String piece : Content.page()) {
            writer.write(piece);
        }
        response.finish();
        response.detach();
        return sink.bytes;
    }

    /** Takes everything, and counts it. */
    private static final class DiscardingSink implements Sink {
        private long bytes;

        @Override
        public void informational(int status, ResponseFields fields) {
            throw new IllegalStateException("nobody sends " + status);
        }

        @Override
        public void head(ResponseHead head, long contentLength, boolean content) {
            bytes = 0;
        }

        @Override
        public void write(ByteBuffer content) {
            bytes += content.remaining();
            content.position(content.limit());
        }

        @Override
        public void write(byte[] content, int offset, int length) {
            bytes += length;
        }

        @Override
        public void transfer(SharedFile file, long position, long count) {
            bytes += count;
        }

        @Override
        public void flush() {
            // everything is gone already
        }

        @Override
        public void finish(@Nullable ResponseFields trailers) {
            // nothing follows
        }

        @Override
        public void abort() {
            throw new IllegalStateException("the response was not whole");
        }

        @Override
        public long contentBytes() {
            return bytes;
        }

        @Override
        public boolean canSendTrailers() {
            return true;
        }
    }

    private enum Nobody implements ConnectionInfo {
        INSTANCE;

        @Override
        public InetSocketAddress remoteAddress() {
            return InetSocketAddress.createUnresolved("localhost", 1);
        }

        @Override
        public InetSocketAddress localAddress() {
            return remoteAddress();
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public long id() {
            return 1;
        }

        @Override
        public int worker() {
            return 0;
        }

        @Override
        public int countRequest() {
            return 1;
        }

        @Override
        public byte[] remoteText() {
            return new byte[0];
        }
    }

    private enum Alone implements Suspension {
        INSTANCE;

        @Override
        public void standAlone() {
            // it does
        }

        @Override
        public void suspend() {
            throw new IllegalStateException("nothing is suspended here");
        }

        @Override
        public boolean resume(Step step) {
            return false;
        }
    }

    private enum Unheard implements ExchangeListener {
        INSTANCE;

        @Override
        public void started(Exchange exchange) {
            // nobody listens
        }

        @Override
        public void streaming(Exchange exchange) {
            // nobody listens
        }

        @Override
        public void ended(Exchange exchange) {
            // nobody listens
        }
    }

    private enum Services implements ResponseServices {
        INSTANCE;

        @Override
        public @Nullable String charsetOf(Locale locale) {
            return null;
        }

        @Override
        public @Nullable String defaultCharset() {
            return null;
        }

        @Override
        public String encodeUrl(String url) {
            return url;
        }

        @Override
        public boolean sendsRelativeRedirects() {
            return false;
        }

        @Override
        public void wasReset() {
            // nothing comes back
        }

        @Override
        public ListenerAccess listeners() {
            return NoListeners.INSTANCE;
        }

        @Override
        public Future<?> after(long millis, Runnable callback) {
            throw new IllegalStateException("nothing waits here");
        }
    }

    private enum NoListeners implements ListenerAccess {
        INSTANCE;

        @Override
        public void check() {
            throw new IllegalStateException("there are no listeners here");
        }

        @Override
        public Callbacks callbacks() {
            throw new IllegalStateException("there are no listeners here");
        }

        @Override
        public void begin(Runnable pump) {
            throw new IllegalStateException("there are no listeners here");
        }

        @Override
        public void failed(Throwable failure) {
            throw new IllegalStateException(failure);
        }

        @Override
        public void lost(IOException why) {
            throw new IllegalStateException(why);
        }
    }
}
