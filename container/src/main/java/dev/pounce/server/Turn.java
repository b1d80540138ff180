package dev.pounce.server;

import dev.pounce.exchange.ErrorResponse;
import dev.pounce.exchange.Exchange;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.protocol.RequestFraming;
import dev.pounce.protocol.RequestHead;
import dev.pounce.protocol.RequestParser;
import dev.pounce.route.Handler;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What the thread that leads a worker's loop does for one connection at a time: read, parse, and
 * answer in place or hand over. All buffers here belong to that thread and are used again for the
 * next connection; what a turn leaves goes into the connection's carry.
 */
final class Turn implements Outlet {
    private static final int RECEIVE_BYTES = 64 << 10;
    private static final int QUEUE_BYTES = 64 << 10;

    /**
     * More pipelined requests of one connection wait until the other connections had their turn.
     */
    private static final int REQUESTS_PER_TURN = 16;

    private static final int OVER = -1;
    private static final byte[] NO_CONTENT = {};
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Worker worker;
    private final HttpServer server;
    private final RequestParser parser;
    private final ByteBuffer receive = ByteBuffer.allocateDirect(RECEIVE_BYTES);
    private final byte[] bytes;
    private final ByteBuffer queue = ByteBuffer.allocateDirect(QUEUE_BYTES);
    private final ByteBuffer[] gathering = new ByteBuffer[2];
    private final RequestHead head = new RequestHead();
    private final Http1Sink sink;
    private final Exchange exchange;
    private Http1Connection connection;

    Turn(Worker worker, HttpServer server, Http1Connection unconnected) {
        this.worker = worker;
        this.server = server;
        this.parser = server.parser();
        this.bytes = new byte[parser.maxHead() + RECEIVE_BYTES];
        this.connection = unconnected;
        this.sink = new Http1Sink(server.date(), queue, this);
        this.exchange = new Exchange(server.responseSettings(), sink, head, unconnected, null);
    }

    /** Reads from a connection that waits for a request, and serves what came. */
    void read(Http1Connection from) throws IOException {
        int count = from.transport().read(receive.clear());
        if (count < 0) {
            from.close();
            return;
        }
        if (count == 0) {
            return;
        }
        receive.flip();
        int carried = from.carryLength();
        if (carried > 0 && !hasLineEnd(receive) && !exceedsALimit(carried, carried + count)) {
            receive.get(bytes, 0, count);
            from.addCarry(bytes, 0, count);
            return;
        }
        carried = from.takeCarry(bytes);
        receive.get(bytes, carried, count);
        serve(from, carried + count);
    }

    /** Whether a head that grows from one length to another may have become too long. */
    private boolean exceedsALimit(int from, int to) {
        int line = parser.maxRequestLine();
        return from <= line && to > line || to >= parser.maxHead();
    }

    /** Parsing an unfinished head again is worth it only when another of its lines is complete. */
    private static boolean hasLineEnd(ByteBuffer received) {
        for (int i = received.position(); i < received.limit(); i++) {
            if (received.get(i) == '\n') {
                return true;
            }
        }
        return false;
    }

    /** Serves what the carry of a connection has. */
    void resume(Http1Connection from) {
        serve(from, from.takeCarry(bytes));
    }

    private void serve(Http1Connection from, int to) {
        connection = from;
        int at = 0;
        int served = 0;
        try {
            while (at < to && served < REQUESTS_PER_TURN) {
                int end = parser.parse(bytes, at, to, head);
                if (end < 0) {
                    break;
                }
                int next = request(from, at, end, to);
                if (next == OVER) {
                    return;
                }
                served++;
                at = next;
            }
        } catch (ProtocolException e) {
            refuse(from, e);
            return;
        }
        endTurn(from, at, to, served);
    }

    private void endTurn(Http1Connection from, int next, int to, int served) {
        int at = RequestParser.behindEmptyLines(bytes, next, to);
        from.addCarry(bytes, at, to - at);
        if (served > 0) {
            from.becomeIdle();
        }
        if (at < to) {
            from.headStarted();
        }
        sendQueue(from);
        if (at < to && served > 0) {
            from.resumeLater();
        }
    }

    /** Serves one request; returns where the next one begins, or OVER when the turn has ended. */
    private int request(Http1Connection from, int start, int end, int to) throws ProtocolException {
        long framing = RequestFraming.decide(head, from.isSecure());
        exchange.begin(head, from, worker.now(), NO_CONTENT, 0, 0);
        Handler handler = server.handlerFor(exchange);
        boolean inPlace = handler.execution(head.method()) == Handler.Execution.IN_PLACE;
        if (inPlace && framing >= 0 && framing <= to - end) {
            checkCollectable(framing);
            int contentEnd = end + (int) framing;
            if (framing > 0) {
                exchange.begin(head, from, worker.now(), bytes, end, contentEnd);
            }
            return run(from, handler) ? contentEnd : OVER;
        }
        if (queue.position() > 0) {
            endTurn(from, start, to, 1);
            return OVER;
        }
        if (inPlace) {
            checkCollectable(framing);
            return collect(from, handler, framing, end, to);
        }
        from.handOver(head.copy(), handler, framing, bytes, end, to);
        return OVER;
    }

    private void checkCollectable(long framing) throws ProtocolException {
        if (framing > server.limits().maxCollected()) {
            throw new ProtocolException(
                    413,
                    "POUNCE_LIMIT_BODY",
                    "content of " + framing + " bytes for a fused handler");
        }
    }

    private int collect(Http1Connection from, Handler handler, long framing, int end, int to)
            throws ProtocolException {
        ContentCollector collector =
                new ContentCollector(head.copy(), handler, framing, server.limits());
        ByteBuffer received = ByteBuffer.wrap(bytes, end, to - end);
        if (collector.take(received)) {
            return runCollected(from, collector) ? received.position() : OVER;
        }
        if (end == to && collector.isContinueExpected()) {
            exchange.begin(collector.head(), from, worker.now(), NO_CONTENT, 0, 0);
            sink.begin(this, collector.head());
            try {
                exchange.response().informational(100);
            } catch (IOException e) {
                from.close();
                return OVER;
            }
        }
        from.collect(collector);
        sendQueue(from);
        return OVER;
    }

    /** Reads content for a connection that collects it. */
    void readContent(Http1Connection from, ContentCollector collector) throws IOException {
        connection = from;
        int count = from.transport().read(receive.clear());
        if (count < 0) {
            from.close();
            return;
        }
        receive.flip();
        try {
            if (!collector.take(receive)) {
                return;
            }
        } catch (ProtocolException e) {
            refuse(from, e);
            return;
        }
        int left = receive.remaining();
        if (!runCollected(from, collector)) {
            return;
        }
        receive.get(bytes, 0, left);
        from.becomeIdle();
        serve(from, left);
    }

    private boolean runCollected(Http1Connection from, ContentCollector collector) {
        Handler handler = collector.handler();
        handler.acquire();
        try {
            from.collected();
            exchange.begin(
                    collector.head(),
                    from,
                    worker.now(),
                    collector.content(),
                    collector.length(),
                    collector.trailers());
            return answer(from, handler);
        } finally {
            handler.release();
        }
    }

    /** Runs a handler in place; false when the turn ended with it. */
    private boolean run(Http1Connection from, Handler handler) {
        handler.acquire();
        try {
            return answer(from, handler);
        } finally {
            handler.release();
        }
    }

    private boolean answer(Http1Connection from, Handler handler) {
        sink.begin(this, exchange.request());
        exchange.clock().started();
        try {
            handler.handle(exchange);
        } catch (Throwable e) {
            FailureResponder.answer(exchange, e);
        }
        worker.wipeTraces();
        boolean persistent;
        try {
            persistent = exchange.end(0) && sink.isPersistent();
        } catch (IOException | RuntimeException e) {
            FailureResponder.answer(exchange, e);
            persistent = sink.isPersistent() && !exchange.response().isAborted();
        }
        if (exchange.response().isAborted()) {
            queue.clear();
            from.reset();
            return false;
        }
        if (!persistent) {
            from.closeAfterSending();
            sendQueue(from);
        }
        return persistent;
    }

    /** Answers what is no request, and closes. */
    void refuse(Http1Connection from, ProtocolException e) {
        connection = from;
        RequestParser.unreadable(head);
        exchange.begin(head, from, worker.now(), NO_CONTENT, 0, 0);
        sink.begin(this, head);
        exchange.response().close();
        if (e.status() == 503) {
            exchange.response().fields().add("Retry-After", "5");
        }
        try {
            ErrorResponse.send(exchange.response(), e.status(), e.code());
        } catch (IOException | RuntimeException failure) {
            from.reset();
            return;
        }
        from.closeAfterSending();
        sendQueue(from);
    }

    private void sendQueue(Http1Connection from) {
        try {
            if (queue.position() > 0) {
                send(queue.flip(), NOTHING);
            }
            from.sent();
        } catch (IOException e) {
            from.close();
        } finally {
            queue.clear();
        }
    }

    @Override
    public void send(ByteBuffer first, ByteBuffer second) throws IOException {
        Http1Connection to = connection;
        if (!to.isStalled()) {
            if (second.hasRemaining()) {
                gathering[0] = first;
                gathering[1] = second;
                to.transport().write(gathering, 2);
            } else {
                to.transport().write(first);
            }
        }
        if (first.hasRemaining() || second.hasRemaining()) {
            to.keepUnsent(first);
            to.keepUnsent(second);
        }
    }

    @Override
    public void ended(ByteBuffer kept) {
        // the answers to pipelined requests leave together at the turn's end
    }

    @Override
    public void abort() {
        // the connection is reset when the handler has returned
    }

    @Override
    public boolean mayPersist() {
        return connection.mayServeAnother();
    }
}
