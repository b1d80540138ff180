package dev.pounce.server;

import dev.pounce.exchange.ClientGoneException;
import dev.pounce.exchange.ErrorResponse;
import dev.pounce.exchange.Exchange;
import dev.pounce.io.Lead;
import dev.pounce.io.LeadLostException;
import dev.pounce.observe.CloseReason;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.protocol.RequestFraming;
import dev.pounce.protocol.RequestHead;
import dev.pounce.protocol.RequestParser;
import dev.pounce.route.Handler;
import dev.pounce.route.Pace;
import dev.pounce.route.RequestQueue;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the thread that leads a worker's loop does for one connection at a time: read, parse, and
 * answer in place or hand over. All buffers here belong to that thread and are used again for the
 * next connection; what a turn leaves goes into the connection's carry.
 *
 * <p>A handler that takes long may cost the thread the lead ({@link Lead}). It then ends the
 * exchange as a thread that has only this connection: it waits where the socket is full, and gives
 * the connection back.
 */
final class Turn {
    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);
    private static final int RECEIVE_BYTES = 64 << 10;

    /** Requests in place after which their route is told: that costs more than to count them. */
    private static final int SHORT_RUNS = 64;

    /**
     * More pipelined requests of one connection wait until the other connections had their turn.
     */
    private static final int REQUESTS_PER_TURN = 16;

    private static final byte[] NO_CONTENT = {};

    private final Worker worker;
    private final HttpServer server;
    private final Leader leader;

    /** Who runs in place, or did last. */
    private @Nullable Handler answering;

    private final Lead lead;
    private final ByteBuffer receive = ByteBuffer.allocateDirect(RECEIVE_BYTES);
    private final TurnOutput output;
    private Http1Connection connection;
    private ServerSettings settings;
    private RequestParser parser;
    private byte[] bytes;
    private ExchangeTask task;
    private RequestHead head;
    private Http1Sink sink;
    private Exchange exchange;

    /** Of the handler that runs, if it may wait. */
    private @Nullable Pace pace;

    private int shortRuns;

    /** Where in {@link #bytes} begins what was received and not consumed. */
    private int position;

    /** Where it ends. */
    private int limit;

    Turn(Worker worker, Leader leader) {
        this.worker = worker;
        this.server = worker.server();
        this.leader = leader;
        this.lead = leader.lead();
        this.connection = Http1Connection.unconnected(worker);
        this.output = new TurnOutput(lead, connection);
        this.settings = server.settings();
        this.parser = settings.parser();
        this.bytes = new byte[parser.maxHead() + RECEIVE_BYTES];
        this.task = newTask();
        this.head = task.head();
        this.sink = task.sink();
        this.exchange = task.exchange();
    }

    private ExchangeTask newTask() {
        return ExchangeTask.inPlace(worker, settings, connection.peer(), output, lead);
    }

    /** Works with other objects from now on. */
    private void renewTask() {
        task = newTask();
        head = task.head();
        sink = task.sink();
        exchange = task.exchange();
    }

    /** What the turn under way began with. */
    ServerSettings settings() {
        return settings;
    }

    /** A reload counts from the next turn on. */
    private void begin() {
        ServerSettings current = server.settings();
        if (!current.equals(settings)) {
            settings = current;
            parser = current.parser();
            renewTask();
        }
    }

    private void begin(Http1Connection from) {
        connection = from;
        output.begin(from);
    }

    /** A carry may be from a time when the limits allowed more than this thread ever saw. */
    private void makeRoom(int length) {
        if (bytes.length < length) {
            bytes = new byte[length];
        }
    }

    /** Reads from a connection that waits for a request, and serves what came. */
    void read(Http1Connection from) throws IOException {
        begin();
        int count = from.transport().read(receive.clear());
        if (count < 0) {
            from.close();
            return;
        }
        if (count == 0) {
            return;
        }
        receive.flip();
        int carried = from.carry().length();
        if (carried > 0 && !hasLineEnd(receive) && !exceedsALimit(carried, carried + count)) {
            receive.get(bytes, 0, count);
            from.carry().add(bytes, 0, count);
            refuseIfTooMuchIsHeld(from);
            return;
        }
        makeRoom(carried + count);
        carried = from.carry().take(bytes);
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
        begin();
        makeRoom(from.carry().length());
        serve(from, from.carry().take(bytes));
    }

    private void serve(Http1Connection from, int to) {
        begin(from);
        position = 0;
        limit = to;
        int served = 0;
        try {
            while (position < limit && served < REQUESTS_PER_TURN && !from.isStalled()) {
                int end = parser.parse(bytes, position, limit, head);
                if (end < 0) {
                    break;
                }
                if (!request(from, end)) {
                    return;
                }
                served++;
            }
        } catch (ProtocolException e) {
            refuse(from, e, head);
            return;
        }
        endTurn(from, served > 0, served == REQUESTS_PER_TURN);
    }

    /**
     * Leaves what was not consumed to the connection's carry.
     *
     * @param answered whether a request was answered in this turn
     * @param more whether there may be another complete one in the carry
     */
    private void endTurn(Http1Connection from, boolean answered, boolean more) {
        int at = RequestParser.behindEmptyLines(bytes, position, limit);
        from.carry().add(bytes, at, limit - at);
        if (answered) {
            from.becomeIdle();
        }
        if (at < limit) {
            from.headStarted();
        }
        if (refuseIfTooMuchIsHeld(from)) {
            return;
        }
        sendQueue(from);
        if (at < limit && more) {
            from.resumeLater();
        }
    }

    /**
     * Serves the request whose head was parsed, and moves the position behind it.
     *
     * @param end where its head ends
     * @return false when the turn has ended
     */
    private boolean request(Http1Connection from, int end) throws ProtocolException {
        long framing = RequestFraming.decide(head, from.peer().isSecure());
        exchange.begin(head, from.peer(), worker.now(), NO_CONTENT, 0, 0);
        Handler handler = server.handlerFor(exchange);
        Handler.Execution execution = handler.execution(head.method());
        boolean inPlace = execution == Handler.Execution.IN_PLACE;
        boolean complete = framing >= 0 && framing <= limit - end;
        if (complete && inPlace) {
            checkCollectable(framing);
            content(end, (int) framing);
            return run(from, handler);
        }
        if (complete && execution == Handler.Execution.LEARNED && startsInPlace(handler, framing)) {
            content(end, (int) framing);
            return runUnhurried(from, handler);
        }
        if (!output.isEmpty()) {
            endTurn(from, true, true);
            return false;
        }
        if (inPlace) {
            checkCollectable(framing);
            position = end;
            return collect(from, handler, framing);
        }
        from.handOver(head.copy(), handler, framing, bytes, end, limit);
        return false;
    }

    private void content(int from, int length) {
        position = from + length;
        if (length > 0) {
            exchange.content(bytes, from, position);
        }
    }

    /** Whether a handler that may wait starts here; it has a place in its queue then. */
    private boolean startsInPlace(Handler handler, long framing) {
        Pace known = handler.pace();
        if (known == null || !known.isShort() || !worker.canBeTakenOver()) {
            return false;
        }
        long most = exchange.limits().maxContent();
        RequestQueue room = handler.queue();
        return (most == 0 || framing <= most) && (room == null || room.tryEnter());
    }

    private void checkCollectable(long framing) throws ProtocolException {
        if (framing > exchange.limits().maxCollected()) {
            throw new ProtocolException(
                    413,
                    "POUNCE_LIMIT_BODY",
                    "content of " + framing + " bytes for a fused handler");
        }
    }

    private boolean collect(Http1Connection from, Handler handler, long framing)
            throws ProtocolException {
        ContentCollector collector =
                new ContentCollector(
                        head.copy(),
                        handler,
                        framing,
                        settings.limits().maxTrailers(),
                        exchange.limits());
        ByteBuffer received = ByteBuffer.wrap(bytes, position, limit - position);
        boolean nothingYet = !received.hasRemaining();
        boolean complete = collector.take(received);
        position = received.position();
        if (complete) {
            return runCollected(from, collector);
        }
        if (nothingYet && collector.isContinueExpected()) {
            exchange.begin(collector.head(), from.peer(), worker.now(), NO_CONTENT, 0, 0);
            sink.begin(output, output.queue(), collector.head());
            try {
                exchange.response().informational(100);
            } catch (IOException e) {
                from.close();
                return false;
            }
        }
        from.collect(collector);
        if (!refuseIfTooMuchIsHeld(from)) {
            sendQueue(from);
        }
        return false;
    }

    /** Reads content for a connection that collects it. */
    void readContent(Http1Connection from, ContentCollector collector) throws IOException {
        begin();
        begin(from);
        int count = from.transport().read(receive.clear());
        if (count < 0) {
            from.close();
            return;
        }
        receive.flip();
        try {
            if (!collector.take(receive)) {
                from.contentCame();
                refuseIfTooMuchIsHeld(from);
                return;
            }
        } catch (ProtocolException e) {
            refuse(from, e, collector.head());
            return;
        }
        position = 0;
        limit = receive.remaining();
        receive.get(bytes, 0, limit);
        if (runCollected(from, collector)) {
            from.becomeIdle();
            serve(from, limit);
        }
    }

    private boolean runCollected(Http1Connection from, ContentCollector collector) {
        Handler handler = collector.handler();
        handler.acquire();
        try {
            from.collected();
            exchange.begin(
                    collector.head(),
                    from.peer(),
                    worker.now(),
                    collector.content(),
                    collector.length(),
                    collector.trailers());
            exchange.settings(handler.settings());
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
        answering = handler;
        sink.begin(output, output.queue(), exchange.request());
        exchange.started();
        try {
            handler.handle(exchange);
        } catch (Throwable e) {
            FailureResponder.answer(exchange, e);
        }
        leader.wipeTraces();
        boolean persistent;
        try {
            persistent = exchange.end(0) && sink.isPersistent();
        } catch (IOException | RuntimeException e) {
            FailureResponder.answer(exchange, e);
            persistent = sink.isPersistent() && !exchange.response().isAborted();
        }
        exchange.ended();
        if (lead.isLost()) {
            release(from, persistent);
            throw new LeadLostException();
        }
        if (exchange.response().isAborted()) {
            output.clear();
            from.reset();
            return false;
        }
        if (!persistent) {
            from.closeAfterSending();
            sendQueue(from);
        }
        return persistent;
    }

    /**
     * Runs a handler in place that may wait: all of it is code of unknown length.
     *
     * @return false when the turn ended with it
     */
    private boolean runUnhurried(Http1Connection from, Handler handler) {
        handler.acquire();
        Pace known = java.util.Objects.requireNonNull(handler.pace());
        pace = known;
        sink.begin(output.unhurried(), output.beginUnhurried(), head);
        exchange.mayWait();
        lead.enter();
        ExchangeEnd end;
        try {
            answering = handler;
            end = task.runInPlace(this, from, handler, handler.queue());
        } finally {
            leader.wipeTraces();
            lead.leave();
            pace = null;
        }
        boolean lost = lead.isLost();
        if (end == null) {
            renewTask();
        } else {
            end = endUnhurried(end);
            handler.release();
            if (lost) {
                output.clear();
                from.release(end, rest());
            }
        }
        if (lost) {
            throw new LeadLostException();
        }
        if (end == null) {
            return false;
        }
        if (++shortRuns == SHORT_RUNS) {
            shortRuns = 0;
            known.wereShort(SHORT_RUNS);
        }
        return goOn(from, end);
    }

    private ExchangeEnd endUnhurried(ExchangeEnd end) {
        if (end == ExchangeEnd.RESET) {
            output.dropUnhurried();
            return end;
        }
        try {
            output.endUnhurried();
            return end;
        } catch (EOFException e) {
            LOG.warn("connection {} is reset: {}", connection.peer().id(), e.getMessage());
            return ExchangeEnd.RESET;
        } catch (IOException e) {
            LOG.debug("the client is gone: {}", e.getMessage());
            return ExchangeEnd.RESET;
        }
    }

    private boolean goOn(Http1Connection from, ExchangeEnd end) {
        switch (end) {
            case PERSIST -> {
                return true;
            }
            case CLOSE -> {
                from.closeAfterSending();
                sendQueue(from);
            }
            case RESET -> {
                output.clear();
                from.reset();
            }
            case UPGRADE -> throw new IllegalStateException("who upgrades stands alone");
        }
        return false;
    }

    /**
     * Lets an exchange go that runs in place: it has its connection, and what it needs, for itself.
     * Called by the thread that runs it, or one for which that waits.
     */
    void letGo(ExchangeTask leaving) {
        try {
            output.sendAll();
        } catch (IOException e) {
            LOG.debug("the client is gone: {}", e.getMessage());
        }
        lead.leave();
        // if this thread leads, nobody takes the loop from it now
        boolean leads = !lead.isLost();
        exchange.own();
        if (leads) {
            connection.detach(exchange.request(), answering);
        }
        leaving.standAlone(rest());
        if (leads) {
            lead.enter();
        }
    }

    /** The received bytes that nobody has consumed. */
    private byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, position, limit);
        position = limit;
        return rest;
    }

    /**
     * Leaves the connection to this thread, which is in a handler and leads no longer: with what it
     * holds in its buffers it ends the exchange as a virtual thread would. Called by the thread
     * that takes over, which may be this one.
     */
    void detach() {
        Pace running = pace;
        if (running != null && running.tookLong()) {
            server.observer().routeSlowed();
        }
        if (running == null || task.isInPlace()) {
            // a copy: if the exchange is to stand alone its own head changes
            connection.detach(exchange.request().copy(), answering);
            output.sendEarlierNow();
        }
    }

    /** Gives the connection back when the handler of a thread has returned that lost the lead. */
    private void release(Http1Connection from, boolean persistent) {
        ExchangeEnd end = persistent ? ExchangeEnd.PERSIST : ExchangeEnd.CLOSE;
        try {
            if (exchange.response().isAborted()) {
                end = ExchangeEnd.RESET;
            } else {
                output.sendQueue();
            }
        } catch (IOException e) {
            end = ExchangeEnd.RESET;
        }
        output.clear();
        from.release(end, rest());
    }

    /** Answers what has not come whole, and closes. */
    void refuse(Http1Connection from, ProtocolException e) {
        refuse(from, e, from.received(parser, head));
    }

    /** Answers what is no request, of which as much is known as the head has, and closes. */
    private void refuse(Http1Connection from, ProtocolException e, RequestHead known) {
        begin(from);
        from.collected();
        from.because(CloseReason.REFUSED_REQUEST);
        exchange.beginRefusal(known, from.peer(), worker.now());
        sink.begin(output, output.queue(), known);
        exchange.started();
        exchange.response().close();
        try {
            ErrorResponse.send(exchange.response(), e.status(), e.code());
        } catch (IOException | RuntimeException failure) {
            from.reset();
            return;
        } finally {
            exchange.ended();
        }
        from.closeAfterSending();
        sendQueue(from);
    }

    /** Counts what a connection holds; false when there is room for it. */
    private boolean refuseIfTooMuchIsHeld(Http1Connection from) {
        if (from.account()) {
            return false;
        }
        refuse(
                from,
                new ProtocolException(
                        503,
                        "POUNCE_LIMIT_HELD",
                        "what connections hold in memory is at its limit"));
        return true;
    }

    /** The connection ends before its request was complete. */
    void abandoned(Http1Connection from, RequestHead known, boolean byClient) {
        exchange.beginRefusal(known, from.peer(), worker.now());
        sink.begin(output, output.queue(), known);
        exchange.started();
        if (byClient) {
            exchange.response().abort(new ClientGoneException("the content did not come whole"));
        } else {
            exchange.response().abort();
        }
        exchange.ended();
    }

    private void sendQueue(Http1Connection from) {
        try {
            output.sendQueue();
            from.sent(exchange.limits().writeNanos());
        } catch (IOException e) {
            from.close();
        }
    }
}
