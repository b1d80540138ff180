package dev.pounce.exchange;

import dev.pounce.encoding.AcceptEncoding;
import dev.pounce.encoding.Negotiation;
import dev.pounce.io.Buffers;
import dev.pounce.io.Lead;
import dev.pounce.io.NearBuffers;
import dev.pounce.protocol.KnownField;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.protocol.RequestHead;
import dev.pounce.protocol.RequestTarget;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One request and its response.
 *
 * <p>An exchange has one owner at a time, and only the owner's thread may call it. The worker
 * reuses one exchange for all requests that it answers in place; an exchange that leaves the worker
 * is made for its request.
 */
public final class Exchange {
    private static final byte[] NO_CONTENT = {};
    private static final int SWITCHING_PROTOCOLS = 101;

    private final ResponseSettings settings;
    private final Suspension suspension;
    private final @Nullable Lead lead;
    private final RequestClock clock;
    private final ResponseTiming timing;
    private final Response response;
    private final RequestBody body;
    private @Nullable NearBuffers near;
    private ExchangeSettings current;
    private CodingPolicy codingPolicy;
    private RequestHead request;
    private ConnectionInfo connection;
    private @Nullable String path;
    private @Nullable String route;
    private @Nullable String user;
    private @Nullable String requestId;
    private int requestNumber;
    private @Nullable Object view;
    private @Nullable Upgrade upgrade;
    private boolean mayWait;

    /**
     * @param sink where the response leaves
     * @param suspension how an exchange outlives its handler that may wait
     * @param lead what the thread has to lead that answers the exchange in place, or null
     */
    public Exchange(
            ResponseSettings settings,
            Sink sink,
            RequestHead request,
            ConnectionInfo connection,
            Suspension suspension,
            @Nullable Lead lead) {
        this.suspension = suspension;
        this.lead = lead;
        this.near = lead == null ? null : new NearBuffers(settings.buffers());
        this.settings = settings;
        this.request = request;
        this.connection = connection;
        current = settings.general();
        clock = new RequestClock(current.serverTiming().clock());
        timing = new ResponseTiming(clock);
        codingPolicy = current.codings().general();
        response = new Response(this, settings, sink);
        body = new RequestBody(response);
    }

    /** Begins a request whose content is complete, or that has none; it has no trailers. */
    public void begin(
            RequestHead head,
            ConnectionInfo from,
            long receivedNanos,
            byte[] content,
            int contentFrom,
            int contentTo) {
        beginResponse(head, from, receivedNanos);
        body.beginCollected(content, contentFrom, contentTo, Map.of());
    }

    /** The request that has begun has content, which is complete; it has no trailers. */
    public void content(byte[] content, int contentFrom, int contentTo) {
        body.beginCollected(content, contentFrom, contentTo, Map.of());
    }

    /**
     * Begins a request whose content and trailers are complete.
     *
     * @param length bytes of content at the array's beginning
     * @param trailers the trailer fields, names in lower case
     */
    public void begin(
            RequestHead head,
            ConnectionInfo from,
            long receivedNanos,
            byte[] content,
            int length,
            Map<String, String> trailers) {
        beginResponse(head, from, receivedNanos);
        body.beginCollected(content, 0, length, trailers);
    }

    /**
     * Begins a request whose content is read when it is asked for.
     *
     * @param framing the content's length or {@code RequestFraming.CHUNKED}
     * @param maxTrailers bytes that trailers may have
     * @param maxContent bytes that content may have, 0 for no limit
     */
    public void begin(
            RequestHead head,
            ConnectionInfo from,
            long receivedNanos,
            Inlet inlet,
            long framing,
            int maxTrailers,
            long maxContent) {
        beginResponse(head, from, receivedNanos);
        boolean expects = head.isHttp11() && head.count(KnownField.EXPECT) > 0;
        body.beginStreamed(inlet, framing, maxTrailers, maxContent, expects);
    }

    /**
     * Begins the answer to what cannot be served.
     *
     * @param known what is known of the request's head
     */
    public void beginRefusal(RequestHead known, ConnectionInfo from, long receivedNanos) {
        beginRequest(known, from, receivedNanos);
        codingPolicy = current.codings().general();
        response.begin(false, false, AcceptEncoding.none());
        body.beginCollected(NO_CONTENT, 0, 0, Map.of());
    }

    private void beginRequest(RequestHead head, ConnectionInfo from, long receivedNanos) {
        request = head;
        connection = from;
        path = null;
        route = null;
        user = null;
        requestId = null;
        upgrade = null;
        mayWait = false;
        current = settings.general();
        clock.begin(receivedNanos, current.serverTiming().isSentFor(head));
        timing.begin();
    }

    private void beginResponse(RequestHead head, ConnectionInfo from, long receivedNanos) {
        beginRequest(head, from, receivedNanos);
        codingPolicy = current.codings().of(this);
        boolean trailers = head.count(KnownField.TE) > 0 && head.lists(KnownField.TE, "trailers");
        response.begin(head.method().equals("HEAD"), trailers, negotiate(head));
    }

    /**
     * The application that answers is known; what was decided before by the general settings is
     * decided anew. Before the handler is called.
     *
     * @param ofApplication its settings; null where it has the general ones
     */
    public void settings(@Nullable ExchangeSettings ofApplication) {
        if (ofApplication == null) {
            return;
        }
        current = ofApplication;
        codingPolicy = current.codings().of(this);
        response.negotiated(negotiate(request));
        clock.run(current.serverTiming().isSentFor(request));
    }

    private Negotiation negotiate(RequestHead head) {
        return switch (head.count(KnownField.ACCEPT_ENCODING)) {
            case 0 -> AcceptEncoding.none();
            case 1 ->
                    AcceptEncoding.negotiate(
                            head.bytes(),
                            head.valueStart(KnownField.ACCEPT_ENCODING),
                            head.valueEnd(KnownField.ACCEPT_ENCODING),
                            codingPolicy.offer());
            default -> {
                byte[] joined =
                        String.join(",", head.fields("Accept-Encoding"))
                                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
                yield AcceptEncoding.negotiate(joined, 0, joined.length, codingPolicy.offer());
            }
        };
    }

    /**
     * Whether the client excludes every coding that the server has: 406 (RFC 9110 section 12.5.3).
     */
    public boolean isNothingAcceptable() {
        return response.negotiation() == Negotiation.NOT_ACCEPTABLE;
    }

    /** The request's head. */
    public RequestHead request() {
        return request;
    }

    /** What may come as content. */
    public ContentLimits limits() {
        return current.limits();
    }

    StreamingSettings streamingSettings() {
        return current.streaming();
    }

    /** Those of the thread while it answers in place, which keeps a few; else the server's. */
    Buffers buffers() {
        NearBuffers ofThread = near;
        return ofThread == null ? settings.buffers() : ofThread;
    }

    /** How the response's content may be coded. */
    CodingPolicy codingPolicy() {
        return codingPolicy;
    }

    /** The request's content. */
    public RequestBody body() {
        return body;
    }

    /** The response pipeline. */
    public Response response() {
        return response;
    }

    /**
     * How it outlives its handler.
     *
     * @throws IllegalStateException when it is answered in place, where nothing may wait
     */
    public Suspension suspension() {
        if (!mayWait) {
            throw new IllegalStateException("an exchange in place cannot be suspended");
        }
        return suspension;
    }

    /**
     * The handler that is about to be called may wait. All that it does is code of unknown length
     * then: {@link #enter} and {@link #leave} have no effect until the next exchange.
     */
    public void mayWait() {
        mayWait = true;
    }

    /** Whether the thread is in code of unknown length as long as it is in the handler. */
    boolean isOfUnknownLength() {
        return mayWait;
    }

    /** What the exchange refers to is its own from now on: nothing is where it was received. */
    public void own() {
        request.own();
        body.own();
        retire();
    }

    /** It answers in place no more, and gives back what it has kept for that. */
    public void retire() {
        NearBuffers left = near;
        if (left != null) {
            near = null;
            left.empty();
        }
    }

    /**
     * Has the connection speak another protocol when the handler has returned. The response is then
     * 101 with the fields that it has; without an Upgrade field it gets the first protocol that the
     * client named.
     *
     * @throws IllegalStateException when the exchange is answered in place, the response is
     *     committed, or HTTP/1.0 is spoken
     */
    public void upgrade(Upgrade next) {
        Suspension apart = suspension();
        if (!request.isHttp11()) {
            throw new IllegalStateException("HTTP/1.0 has no upgrade (RFC 9110 section 7.8)");
        }
        if (response.isCommitted()) {
            throw new IllegalStateException("the response is committed");
        }
        apart.standAlone();
        upgrade = next;
        response.switchProtocols(request.fields("Upgrade"));
    }

    /** What goes on with the connection when the exchange has ended, or null. */
    public @Nullable Upgrade upgrade() {
        return response.isAborted() || response.status() != SWITCHING_PROTOCOLS ? null : upgrade;
    }

    /**
     * Code of unknown length begins, which the thread may come out of without leading any loop:
     * until {@link #leave} it must not write to the response.
     */
    public void enter() {
        if (lead != null && !mayWait) {
            lead.enter();
        }
    }

    /** The code that {@link #enter} announced has returned, in any way. */
    public void leave() {
        if (lead != null && !mayWait) {
            lead.leave();
        }
    }

    /** The marks of this exchange. */
    public RequestClock clock() {
        return clock;
    }

    /** What is said of these marks to the client, and what the application adds. */
    public ResponseTiming timing() {
        return timing;
    }

    /**
     * The answering begins after the request has waited for its thread; else as {@link #started}.
     */
    public void startedLater() {
        clock.started();
        started();
    }

    /** The answering begins, on the thread that does it. Called once for each request. */
    public void started() {
        requestNumber = connection.countRequest();
        settings.listener().started(this);
    }

    void streaming() {
        settings.listener().streaming(this);
    }

    /** The exchange is over. Called once for each {@link #started}, the last thing of all. */
    public void ended() {
        settings.listener().ended(this);
    }

    /**
     * What names this request in logs and to the client: made when it is asked for the first time.
     */
    public String requestId() {
        String known = requestId;
        if (known == null) {
            int field = settings.requestIds().trustedField(request);
            known =
                    field < 0
                            ? settings.requestIds().text(connection.id(), requestNumber)
                            : request.fieldValue(field);
            requestId = known;
        }
        return known;
    }

    /** The number of this request on its connection, from 1. */
    public int requestNumber() {
        return requestNumber;
    }

    /** The pattern of the route that answers, its context path in front; null when not known. */
    public @Nullable String route() {
        return route;
    }

    /** Says which route answers, for logs. */
    public void route(String pattern) {
        route = pattern;
    }

    /** The name of the user who made the request; null when it is not known. */
    public @Nullable String user() {
        return user;
    }

    /** Says whose request it is, for logs. */
    public void user(String name) {
        user = name;
    }

    /** The connection that the request came by. */
    public ConnectionInfo connection() {
        return connection;
    }

    /**
     * The decoded and normalised path that requests are matched with.
     *
     * @throws ProtocolException when it cannot be made without guessing
     */
    public String path() throws ProtocolException {
        String normalized = path;
        if (normalized == null) {
            String raw = request.rawPath();
            normalized = request.isPlainPath() ? raw : RequestTarget.normalize(raw);
            path = normalized;
        }
        return normalized;
    }

    /**
     * An object that a handler keeps with the exchange, so that a reused exchange reuses it too.
     */
    @SuppressWarnings("unchecked")
    public <T> T view(Supplier<T> factory) {
        Object kept = view;
        if (kept == null) {
            kept = factory.get();
            view = kept;
        }
        return (T) kept;
    }

    /**
     * Whether what the client still sends of its content can be read over, so that the connection
     * need not be closed.
     *
     * @param maxSwallow bytes of content that are read over
     */
    public boolean canDiscardContent(long maxSwallow) {
        return body.canDiscard(maxSwallow);
    }

    /**
     * Ends the response if the handler did not, and reads over what the client still sends of its
     * content. When this throws and the response is not committed, an error can still be answered.
     *
     * @param maxSwallow bytes of content that are read over
     * @return whether the connection can serve another request
     */
    public boolean end(long maxSwallow) throws IOException {
        try {
            response.finish();
            return !response.isAborted() && body.discard(maxSwallow);
        } finally {
            if (response.isCommitted()) {
                response.abort();
            }
            body.end();
        }
    }
}
