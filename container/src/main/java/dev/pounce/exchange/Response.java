package dev.pounce.exchange;

import dev.pounce.encoding.AcceptEncoding;
import dev.pounce.encoding.BodyEncoder.Directive;
import dev.pounce.encoding.ContentCoding;
import dev.pounce.encoding.Negotiation;
import dev.pounce.exchange.ResponseState.Event;
import dev.pounce.io.FileBytes;
import dev.pounce.io.SharedFile;
import dev.pounce.protocol.ResponseFields;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The response pipeline: the one way by which every response, of a fused handler, a servlet, a file
 * or the server itself, gets from {@code write}, {@code flush}, {@code finish} and {@code abort} to
 * a {@link Sink}.
 *
 * <p>Until the response is committed it holds plain bytes, and status, fields and content may be
 * changed. It is committed when the buffer is full, by {@link #flush} and by {@link #finish}; then,
 * and only then, its content coding is decided. Used by the owner of the exchange only.
 */
public final class Response implements ResponseHead {
    private static final int DEFAULT_BUFFER_SIZE = 16 << 10;

    private static final String EVENT_STREAM = "text/event-stream";
    private static final int RESET_CONTENT = 205;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final byte[] NOTHING = {};

    private final Exchange exchange;
    private final ResponseSettings settings;
    private final RequestClock clock;
    private final Sink sink;
    private final ResponseFields fields = new ResponseFields();
    private final ContentEncoder encoder;
    private final ResponseTiming timing;
    private final LateFields late;
    private final ImmediateMode immediate;

    private ResponseState state = ResponseState.OPEN;
    private Commitment commitment = Commitment.NONE;
    private ContentCoding coding = ContentCoding.IDENTITY;
    private int status;
    private boolean headOnly;
    private boolean closes;
    private Negotiation negotiation;
    private long declaredLength;
    private long written;
    private int bufferSize;
    private @Nullable ByteBuffer buffer;
    private @Nullable String serverTiming;
    private final EventEnd eventEnd = new EventEnd();
    private @Nullable ClientGoneException gone;
    private @Nullable List<String> protocols;

    /**
     * Set when the drain has ended an event stream: who writes on must notice, as with a client.
     */
    private @Nullable ClientGoneException over;

    Response(Exchange exchange, ResponseSettings settings, Sink sink) {
        this.exchange = exchange;
        this.settings = settings;
        this.clock = exchange.clock();
        this.sink = sink;
        this.negotiation = AcceptEncoding.none();
        this.encoder = new ContentEncoder(exchange, settings);
        this.timing = exchange.timing();
        this.late = new LateFields(timing);
        this.immediate = new ImmediateMode(exchange, fields);
    }

    void begin(boolean isHead, boolean acceptsTrailers, Negotiation negotiated) {
        state = ResponseState.OPEN;
        commitment = Commitment.NONE;
        coding = ContentCoding.IDENTITY;
        status = 200;
        fields.clear();
        headOnly = isHead;
        late.begin(acceptsTrailers);
        closes = false;
        negotiation = negotiated;
        declaredLength = -1;
        written = 0;
        bufferSize = DEFAULT_BUFFER_SIZE;
        serverTiming = null;
        gone = null;
        protocols = null;
        over = null;
        eventEnd.begin();
    }

    Negotiation negotiation() {
        return negotiation;
    }

    /** The coding was negotiated anew; before the commit. */
    void negotiated(Negotiation anew) {
        negotiation = anew;
    }

    @Override
    public int status() {
        return status;
    }

    /**
     * Sets the status.
     *
     * @throws IllegalArgumentException when it is not 200 to 599
     */
    public void status(int code) {
        if (code < 200 || code > 599) {
            throw new IllegalArgumentException("a final status must be 200 to 599: " + code);
        }
        status = code;
    }

    /** The fields; changing them after the commit has no effect. */
    @Override
    public ResponseFields fields() {
        return fields;
    }

    @Override
    public @Nullable String serverTiming() {
        return serverTiming;
    }

    @Override
    public @Nullable String requestId() {
        return settings.requestIds().isSent() && !fields.contains(RequestIds.FIELD)
                ? exchange.requestId()
                : null;
    }

    @Override
    public boolean closes() {
        return closes;
    }

    /** Asks for the connection to be closed after this response. */
    public void close() {
        closes = true;
    }

    /**
     * Declares the content's length in bytes, or takes that back with -1. Has no effect after the
     * commit: the client was told by then.
     *
     * @throws IllegalStateException when more was written already
     */
    public void contentLength(long length) {
        if (!isCommitted()) {
            checkLength(length, written);
            declaredLength = length;
        }
    }

    /** The declared length in bytes, or -1. */
    public long contentLength() {
        return declaredLength;
    }

    /** The bytes of content that were written so far, before coding. */
    public long written() {
        return written;
    }

    /** The bytes of content that were given to the sink so far, after coding. */
    public long sent() {
        return sink.contentBytes();
    }

    /** How long content waits for a flush at most, in milliseconds; 0 is for ever. */
    public long maxDelayMillis() {
        return exchange.streamingSettings().maxDelayMillis();
    }

    /** How the content is encoded; identity also where there is no content. */
    public ContentCoding coding() {
        return coding;
    }

    /** What the client was told. */
    public Commitment commitment() {
        return commitment;
    }

    /** Whether the client went before it had the whole response. */
    public boolean isClientGone() {
        return gone != null;
    }

    /** Whether status and fields are out of the application's hands. */
    public boolean isCommitted() {
        return state != ResponseState.OPEN;
    }

    /** Whether the response has ended, either way. */
    public boolean isEnded() {
        return state == ResponseState.FINISHED || state == ResponseState.ABORTED;
    }

    /** Whether the response has ended without being whole. */
    public boolean isAborted() {
        return state == ResponseState.ABORTED;
    }

    /** The bytes that are held before the response is committed. */
    public int bufferSize() {
        return bufferSize;
    }

    /**
     * Changes how many bytes are held before the response is committed.
     *
     * @throws IllegalStateException when content was written or the response is committed
     */
    public void bufferSize(int size) {
        if (isCommitted() || written > 0) {
            throw new IllegalStateException("content was written already");
        }
        bufferSize = Math.max(size, 256);
        releaseBuffer();
    }

    /**
     * The trailer fields, asked for when the content has ended; sent where the framing has room.
     */
    public void trailers(@Nullable Supplier<Map<String, String>> supplier) {
        late.supplier(supplier);
    }

    /** Whether trailers can be sent at all: not over HTTP/1.0. */
    public boolean canSendTrailers() {
        return sink.canSendTrailers();
    }

    /**
     * Drops the content that is held.
     *
     * @throws IllegalStateException when the response is committed
     */
    public void resetBuffer() {
        checkOpen();
        written = 0;
        eventEnd.begin();
        if (buffer != null) {
            buffer.clear().limit(bufferSize);
        }
    }

    /**
     * Drops content, status and fields.
     *
     * @throws IllegalStateException when the response is committed
     */
    public void reset() {
        resetBuffer();
        fields.clear();
        status = 200;
        declaredLength = -1;
        late.supplier(null);
        closes = false;
        protocols = null;
    }

    private void checkOpen() {
        if (isCommitted()) {
            throw new IllegalStateException("the response is committed");
        }
    }

    /** Sends an interim response without fields, for instance 100; nothing once committed. */
    public void informational(int code) throws IOException {
        informational(code, new ResponseFields());
    }

    /**
     * Sends an interim response (RFC 9110 section 15.2) at once.
     *
     * @throws IllegalStateException when the response is committed
     * @throws IllegalArgumentException when the status is not 100 to 199, is 101, which ends HTTP
     *     on the connection, or when a field frames content
     */
    public void informational(int code, ResponseFields interim) throws IOException {
        checkOpen();
        if (code < 100 || code > 199 || code == 101) {
            throw new IllegalArgumentException("no status of an interim response: " + code);
        }
        if (interim.contains("Content-Length") || interim.contains("Transfer-Encoding")) {
            throw new IllegalArgumentException(
                    "an interim response has no content (RFC 9110 section 8.6)");
        }
        sink.informational(code, interim);
    }

    /**
     * This response ends HTTP on the connection: it is 101 when it ends, with the fields that it
     * has then, and has no content.
     *
     * @param offered the protocols that the client named, of which the first is taken where the
     *     response names none
     */
    void switchProtocols(List<String> offered) {
        checkOpen();
        protocols = offered;
    }

    private void finishSwitching(List<String> offered) throws IOException {
        if (!fields.contains("Upgrade")) {
            if (offered.isEmpty()) {
                throw new IllegalStateException("neither side has named a protocol to upgrade to");
            }
            fields.set("Upgrade", offered.getFirst().split(",", 2)[0].strip());
        }
        fields.remove("Content-Length");
        fields.remove("Transfer-Encoding");
        fields.set("Connection", "Upgrade");
        guarded(() -> sink.informational(SWITCHING_PROTOCOLS, fields));
        status = SWITCHING_PROTOCOLS;
        commitment = Commitment.WHOLE;
        state = state.on(Event.COMMIT).on(Event.FINISH);
        releaseBuffer();
    }

    /**
     * Writes content, and flushes it where its type is one of {@code streaming.immediate}.
     *
     * @throws IllegalStateException when it is more than the declared length or the response has
     *     ended
     * @throws IOException when the client is gone
     */
    public void write(byte[] content, int offset, int length) throws IOException {
        append(content, offset, length);
        if (length > 0) {
            wrote();
        }
    }

    /** Writes content; throws as {@link #write(byte[], int, int)} does. */
    public void write(ByteBuffer content) throws IOException {
        boolean something = content.hasRemaining();
        append(content);
        if (something) {
            wrote();
        }
    }

    /**
     * How many bytes may be held back outside: appended now, they would neither leave nor commit
     * the response. None where each write counts, because it is flushed or the length is declared.
     */
    public int gatherable() {
        if (declaredLength >= 0 || isEnded() || immediate.isOn()) {
            return 0;
        }
        if (isCommitted()) {
            return bufferSize;
        }
        return buffer == null ? bufferSize : buffer.remaining();
    }

    /**
     * What the application takes for one write was appended: flushes it where its type is one of
     * {@code streaming.immediate}. Content of a declared length is no stream, and stays.
     *
     * @throws IOException when the client is gone
     */
    public void wrote() throws IOException {
        if (declaredLength < 0 && immediate.isOn()) {
            flush();
        }
    }

    /**
     * Writes a part of what {@link #wrote} ends; throws as {@link #write(byte[], int, int)} does.
     */
    public void append(byte[] content, int offset, int length) throws IOException {
        account(length);
        eventEnd.wrote(content, offset, length);
        int from = offset;
        int left = length;
        while (left > 0) {
            ByteBuffer room = buffer();
            if (!room.hasRemaining()) {
                spill(room);
            }
            if (isPassedThrough(room, left)) {
                emit(content, from, left);
                return;
            }
            int count = Math.min(left, room.remaining());
            room.put(content, from, count);
            from += count;
            left -= count;
        }
    }

    private void append(ByteBuffer content) throws IOException {
        account(content.remaining());
        eventEnd.wrote(content);
        while (content.hasRemaining()) {
            ByteBuffer room = buffer();
            if (!room.hasRemaining()) {
                spill(room);
            }
            if (isPassedThrough(room, content.remaining())) {
                emit(content, Directive.CONTINUE);
                return;
            }
            int count = Math.min(content.remaining(), room.remaining());
            room.put(room.position(), content, content.position(), count);
            room.position(room.position() + count);
            content.position(content.position() + count);
        }
    }

    /**
     * Writes a part of a file. What is not encoded and does not fit into the buffer is sent by the
     * kernel, without passing through this process. Waits for the disk.
     *
     * @param position where the part begins in the file
     * @param count how long the part is in bytes
     * @throws IllegalStateException as {@link #write(byte[], int, int)} does
     * @throws java.io.EOFException when the file ends inside of the part; what was sent of the
     *     response is visibly not whole then
     * @throws IOException when the client is gone
     */
    public void transfer(SharedFile file, long position, long count) throws IOException {
        account(count);
        if (!hasContent()) {
            return;
        }
        ByteBuffer room = buffer();
        if (state == ResponseState.OPEN && count > room.remaining()) {
            commitStreaming();
        }
        if (state == ResponseState.STREAMING && !encoder.isActive()) {
            guarded(
                    () -> {
                        emitBuffer(room, Directive.CONTINUE);
                        sink.transfer(file, position, count);
                    });
            return;
        }
        long at = position;
        while (at < position + count) {
            if (!room.hasRemaining()) {
                spill(room);
            }
            at += read(room, file, at, position + count - at);
        }
    }

    private int read(ByteBuffer room, SharedFile file, long position, long count)
            throws IOException {
        try {
            return FileBytes.fill(room, file.channel(), position, count);
        } catch (IOException e) {
            fail(e);
            throw e;
        }
    }

    /** A large write goes past the empty buffer once it could not be held anyway. */
    private boolean isPassedThrough(ByteBuffer room, int length) {
        return state == ResponseState.STREAMING
                && !encoder.isActive()
                && room.position() == 0
                && length >= room.remaining();
    }

    private void account(long length) throws IOException {
        throwOnceGone();
        if (isEnded()) {
            throw new IllegalStateException("the response has ended");
        }
        checkLength(declaredLength, written + length);
        written += length;
    }

    /** Who writes on after the client went, as a PrintWriter does, has made no mistake. */
    private void throwOnceGone() throws ClientGoneException {
        ClientGoneException cause = gone == null ? over : gone;
        if (cause != null) {
            throw new ClientGoneException(cause);
        }
    }

    private void checkLength(long declared, long length) {
        if (declared >= 0 && length > declared && !headOnly) {
            throw new IllegalStateException(
                    "content of "
                            + length
                            + " bytes, which is more than the declared "
                            + declared
                            + " (RFC 9110 section 8.6)");
        }
    }

    /**
     * Sends everything that was written, encoded and framed; returns when the kernel has it.
     * Commits the response. When the server drains and an event of a {@code text/event-stream} ends
     * here, this ends the response, and what is written later throws.
     *
     * @throws IOException when the client is gone, or the event stream was ended before
     */
    public void flush() throws IOException {
        throwOnceGone();
        if (isEnded() || protocols != null) {
            return;
        }
        if (state == ResponseState.OPEN) {
            commitStreaming();
        }
        if (isEventStreamToEnd()) {
            guarded(this::finishStreaming);
            over = new ClientGoneException("the server stops and has ended the event stream");
            return;
        }
        try {
            flushCommitted();
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            throw e;
        }
    }

    /** A server that drains ends an event stream where an event ends. */
    private boolean isEventStreamToEnd() {
        if (!settings.isDraining().getAsBoolean() || declaredLength >= 0 || !eventEnd.isReached()) {
            return false;
        }
        String type = fields.get("Content-Type");
        return type != null && type.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length());
    }

    private void flushCommitted() throws IOException {
        if (buffer != null && buffer.position() > 0) {
            emitBuffer(buffer, Directive.FLUSH);
            releaseBuffer();
        } else if (encoder.holds()) {
            emit(ByteBuffer.allocate(0), Directive.FLUSH);
        }
        sink.flush();
    }

    /**
     * Ends the response; what was written is sent. Does nothing when it has ended.
     *
     * @throws IOException when the client is gone
     */
    public void finish() throws IOException {
        if (isEnded()) {
            return;
        }
        if (state == ResponseState.OPEN) {
            List<String> offered = protocols;
            if (offered != null) {
                finishSwitching(offered);
                return;
            }
            guarded(this::takeFramingFields);
            if (isWhole()) {
                finishWhole(NOTHING, buffer == null ? null : buffer.flip(), null);
                return;
            }
            commitStreaming();
        }
        guarded(this::finishStreaming);
    }

    /** Whether all of the content is in the buffer and nothing asks for a streamed framing. */
    private boolean isWhole() {
        return isComplete() && (!late.isSupplied() || !sink.canSendTrailers());
    }

    private boolean isComplete() {
        return declaredLength < 0 || written >= declaredLength || !hasContent();
    }

    private String shortOf(long length) {
        return "the application declared "
                + declaredLength
                + " bytes of content and wrote "
                + length
                + " (RFC 9110 section 8.6)";
    }

    /**
     * Writes the whole content and ends the response: what a fused handler needs. The array is not
     * used after the call returns.
     *
     * @throws IllegalStateException when content was written before, or another length declared
     */
    public void finish(byte[] content) throws IOException {
        finish(content, null);
    }

    /**
     * Writes the whole content and ends the response, as {@link #finish(byte[])} does. A coded form
     * that the content has kept is sent as it is; one that has to be made is given to it.
     */
    public void finish(SharedContent content) throws IOException {
        finish(content.bytes(), content);
    }

    private void finish(byte[] content, @Nullable SharedContent shared) throws IOException {
        checkOpen();
        if (written > 0) {
            throw new IllegalStateException("content was written already");
        }
        takeFramingFields();
        account(content.length);
        if (!isComplete()) {
            throw new IllegalStateException(shortOf(content.length));
        }
        finishWhole(content, null, shared);
    }

    /** Sends content that is complete before the head leaves: what is held, else the array. */
    private void finishWhole(
            byte[] array, @Nullable ByteBuffer held, @Nullable SharedContent shared)
            throws IOException {
        int length = held == null ? array.length : held.remaining();
        long knownLength = knownLength(length);
        try {
            ContentCoding chosen = choose(knownLength, shared);
            ByteBuffer content = held;
            if (coding != ContentCoding.IDENTITY) {
                content = encoder.whole(held == null ? ByteBuffer.wrap(array) : held);
                knownLength = content.remaining();
            } else if (chosen != ContentCoding.IDENTITY) {
                knownLength = -1;
            }
            clock.handled();
            if (timing.isSent()) {
                serverTiming = timing.complete();
            }
            sink.head(this, knownLength, hasContent());
            state = state.on(Event.COMMIT);
            commitment = Commitment.WHOLE;
            if (hasContent() && content != null) {
                sink.write(content);
            } else if (hasContent()) {
                sink.write(array, 0, length);
            }
            release();
            sink.finish(null);
            state = state.on(Event.FINISH);
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            throw e;
        }
    }

    /** Decides the coding and gets its encoder, unless the pool is empty or there is no content. */
    private ContentCoding choose(long knownLength, @Nullable SharedContent shared) {
        CodingPolicy policy = exchange.codingPolicy();
        ContentCoding chosen =
                CodingChoice.choose(policy, negotiation, status, fields, knownLength);
        if (chosen != ContentCoding.IDENTITY
                && (isLeftPlain(policy, shared)
                        || hasContent()
                                && !encoder.begin(
                                        CodingChoice.profile(policy, chosen, fields, knownLength),
                                        shared))) {
            chosen = ContentCoding.IDENTITY;
        }
        CodingChoice.apply(policy, chosen, status, fields);
        coding = hasContent() ? chosen : ContentCoding.IDENTITY;
        return chosen;
    }

    /** Files have no secrets beside what a stranger chooses, and other sites may well use them. */
    private boolean isLeftPlain(CodingPolicy policy, @Nullable SharedContent shared) {
        boolean asked =
                switch (policy.crossSite()) {
                    case ENCODE -> false;
                    case IDENTITY_OVER_TLS -> exchange.connection().isSecure();
                    case IDENTITY -> true;
                };
        return asked
                && shared == null
                && negotiation.identityAcceptable()
                && CrossSite.isCrossSite(exchange.request());
    }

    /**
     * What the head says. That of a HEAD or 304 response names the length that the content would
     * have (RFC 9110 section 8.6): the declared one, or that of what was written, if there was any.
     */
    private long knownLength(int length) {
        if (status == RESET_CONTENT) {
            return 0;
        }
        if (!headOnly && status != 304) {
            return length;
        }
        if (declaredLength >= 0) {
            return declaredLength;
        }
        return length == 0 ? -1 : length;
    }

    /**
     * Whether a client expects content behind this head (RFC 9112 section 6.3). A 205 has a length
     * of 0 and no content (RFC 9110 section 15.3.6).
     */
    private boolean hasContent() {
        return !headOnly && status != 204 && status != RESET_CONTENT && status != 304;
    }

    private void commitStreaming() throws IOException {
        try {
            takeFramingFields();
            ContentCoding chosen = choose(declaredLength, null);
            long length = chosen == ContentCoding.IDENTITY ? declaredLength : -1;
            if (status == RESET_CONTENT) {
                length = 0;
            }
            boolean open = length < 0 && hasContent() && sink.canSendTrailers();
            if (timing.isSent()) {
                serverTiming = timing.known();
            }
            if (open && late.hasTiming()) {
                fields.add("Trailer", "Server-Timing");
            }
            sink.head(this, length, hasContent());
            state = state.on(Event.COMMIT);
            commitment = Commitment.STREAMED;
            exchange.streaming();
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            throw e;
        }
    }

    /** Framing is the pipeline's business: what an application set there is taken as a wish. */
    private void takeFramingFields() {
        if (fields.contains("Content-Length")) {
            contentLength(DeclaredLength.of(fields.all("Content-Length")));
            fields.remove("Content-Length");
        }
        fields.remove("Transfer-Encoding");
        String connection = fields.get("Connection");
        if (connection != null) {
            closes |= connection.equalsIgnoreCase("close");
            fields.remove("Connection");
        }
    }

    private void finishStreaming() throws IOException {
        if (buffer != null && buffer.position() > 0 || encoder.isActive()) {
            emitBuffer(buffer(), Directive.END);
        }
        clock.handled();
        if (declaredLength >= 0 && written < declaredLength && hasContent()) {
            throw new IOException(shortOf(written));
        }
        release();
        sink.finish(sink.canSendTrailers() ? late.fields() : null);
        state = state.on(Event.FINISH);
    }

    private void spill(ByteBuffer room) throws IOException {
        if (state == ResponseState.OPEN) {
            commitStreaming();
        }
        guarded(() -> emitBuffer(room, Directive.CONTINUE));
    }

    private void emitBuffer(ByteBuffer room, Directive directive) throws IOException {
        emit(room.flip(), directive);
        room.clear().limit(bufferSize);
    }

    private void emit(byte[] content, int offset, int length) throws IOException {
        guarded(
                () -> {
                    if (hasContent()) {
                        sink.write(content, offset, length);
                    }
                });
    }

    private void emit(ByteBuffer content, Directive directive) throws IOException {
        if (!hasContent()) {
            content.position(content.limit());
            return;
        }
        if (encoder.isActive()) {
            encoder.encode(content, directive, sink);
        } else {
            sink.write(content);
        }
    }

    /**
     * Ends the response so that the client sees that it is not whole; when nothing is committed
     * yet, simply without an answer. Does nothing when it has ended.
     */
    public void abort() {
        if (!isEnded()) {
            state = state.on(Event.ABORT);
            release();
            sink.abort();
        }
    }

    /** Aborts because the client is gone. */
    public void abort(ClientGoneException noticed) {
        if (over == null) {
            gone = noticed;
        }
        abort();
    }

    private ByteBuffer buffer() {
        ByteBuffer room = buffer;
        if (room == null) {
            boolean pooled = bufferSize <= ResponseSettings.BUFFER_SIZE;
            room = pooled ? exchange.buffers().take() : ByteBuffer.allocate(bufferSize);
            room.limit(bufferSize);
            buffer = room;
        }
        return room;
    }

    private void releaseBuffer() {
        ByteBuffer held = buffer;
        if (held != null && held.isDirect()) {
            exchange.buffers().give(held);
        }
        buffer = null;
    }

    /** Gives back everything native; on every way out. */
    private void release() {
        releaseBuffer();
        encoder.release();
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private void guarded(Step step) throws IOException {
        try {
            step.run();
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
            throw e;
        }
    }

    /**
     * After a failure half-way nothing may look like a whole response; before the commit an error
     * can still be answered.
     */
    private void fail(Throwable cause) {
        if (cause instanceof ClientGoneException noticed) {
            gone = noticed;
        }
        if (isCommitted()) {
            abort();
        } else {
            release();
        }
    }
}
