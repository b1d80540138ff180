package dev.pounce.server;

import dev.pounce.exchange.Exchange;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.protocol.RequestFraming;
import dev.pounce.protocol.RequestHead;
import dev.pounce.protocol.RequestParser;
import dev.pounce.route.Handler;
import dev.pounce.route.Pace;
import dev.pounce.route.RequestQueue;

import java.io.IOException;

/**
 * What the thread that leads a worker's loop does for one connection at a time: read, parse, and
 * have it answered {@link InPlace} or hand it over. What a turn leaves goes into the connection's
 * carry.
 */
final class Turn {

    /**
     * More pipelined requests of one connection wait until the other connections had their turn.
     */
    private static final int REQUESTS_PER_TURN = 16;

    private final Worker worker;
    private final HttpServer server;
    private final TurnInput input;
    private final InPlace inPlace;
    private ServerSettings settings;
    private RequestParser parser;

    Turn(Worker worker, Leader leader) {
        this.worker = worker;
        this.server = worker.server();
        this.settings = server.settings();
        this.parser = settings.parser();
        this.input = new TurnInput(parser.maxHead());
        this.inPlace = new InPlace(worker, leader, input, settings);
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
            inPlace.settings(current);
        }
    }

    /** Reads from a connection that waits for a request, and serves what came. */
    void read(Http1Connection from) throws IOException {
        begin();
        int count = input.read(from.transport());
        if (count < 0) {
            from.close();
            return;
        }
        if (count == 0) {
            return;
        }
        if (input.take(from.carry(), parser)) {
            serve(from);
        } else {
            refuseIfTooMuchIsHeld(from);
        }
    }

    /** Serves what the carry of a connection has. */
    void resume(Http1Connection from) {
        begin();
        input.take(from.carry());
        serve(from);
    }

    private void serve(Http1Connection from) {
        inPlace.begins(from);
        int served = 0;
        try {
            while (!input.isEmpty() && served < REQUESTS_PER_TURN && !from.isStalled()) {
                int end = input.parse(parser, inPlace.head());
                if (end < 0) {
                    break;
                }
                if (!request(from, end)) {
                    return;
                }
                served++;
            }
        } catch (ProtocolException e) {
            inPlace.refuse(from, e, inPlace.head());
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
        boolean carries = input.leave(from.carry());
        if (answered) {
            from.becomeIdle();
        }
        if (carries) {
            from.headStarted();
        }
        if (refuseIfTooMuchIsHeld(from)) {
            return;
        }
        inPlace.sendQueue(from);
        if (carries && more) {
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
        RequestHead head = inPlace.head();
        long framing = RequestFraming.decide(head, from.peer().isSecure());
        Exchange exchange = inPlace.begin(head);
        Handler handler = server.handlerFor(exchange);
        Handler.Execution execution = handler.execution(head.method());
        boolean isInPlace = execution == Handler.Execution.IN_PLACE;
        boolean complete = framing >= 0 && framing <= input.lengthBehind(end);
        if (complete && isInPlace) {
            checkCollectable(exchange, framing);
            input.content(end, (int) framing, exchange);
            return inPlace.run(from, handler);
        }
        if (complete
                && execution == Handler.Execution.LEARNED
                && startsInPlace(exchange, handler, framing)) {
            input.content(end, (int) framing, exchange);
            return inPlace.runUnhurried(from, handler);
        }
        if (!inPlace.isAllSent()) {
            endTurn(from, true, true);
            return false;
        }
        input.consumed(end);
        if (isInPlace) {
            checkCollectable(exchange, framing);
            return collect(from, exchange, handler, framing);
        }
        from.handOver(head.copy(), handler, framing, input.rest());
        return false;
    }

    /** Whether a handler that may wait starts here; it has a place in its queue then. */
    private boolean startsInPlace(Exchange exchange, Handler handler, long framing) {
        Pace known = handler.pace();
        if (known == null || !known.isShort() || !worker.canBeTakenOver()) {
            return false;
        }
        long most = exchange.limits().maxContent();
        RequestQueue room = handler.queue();
        return (most == 0 || framing <= most) && (room == null || room.tryEnter());
    }

    private static void checkCollectable(Exchange exchange, long framing) throws ProtocolException {
        if (framing > exchange.limits().maxCollected()) {
            throw new ProtocolException(
                    413,
                    "POUNCE_LIMIT_BODY",
                    "content of " + framing + " bytes for a fused handler");
        }
    }

    private boolean collect(Http1Connection from, Exchange exchange, Handler handler, long framing)
            throws ProtocolException {
        ContentCollector collector =
                new ContentCollector(
                        exchange.request().copy(),
                        handler,
                        framing,
                        settings.limits().maxTrailers(),
                        exchange.limits());
        boolean nothingYet = input.isEmpty();
        if (input.collect(collector)) {
            return inPlace.runCollected(from, collector);
        }
        if (nothingYet && collector.isContinueExpected()) {
            try {
                inPlace.sendContinue(collector.head());
            } catch (IOException e) {
                from.close();
                return false;
            }
        }
        from.collect(collector);
        if (!refuseIfTooMuchIsHeld(from)) {
            inPlace.sendQueue(from);
        }
        return false;
    }

    /** Reads content for a connection that collects it. */
    void readContent(Http1Connection from, ContentCollector collector) throws IOException {
        begin();
        inPlace.begins(from);
        if (input.read(from.transport()) < 0) {
            from.close();
            return;
        }
        try {
            if (!input.takeBehind(collector)) {
                from.contentCame();
                refuseIfTooMuchIsHeld(from);
                return;
            }
        } catch (ProtocolException e) {
            inPlace.refuse(from, e, collector.head());
            return;
        }
        if (inPlace.runCollected(from, collector)) {
            from.becomeIdle();
            serve(from);
        }
    }

    /** Leaves the connection to this thread, which leads no longer: {@link InPlace#detach}. */
    void detach() {
        inPlace.detach();
    }

    /** Answers what has not come whole, and closes. */
    void refuse(Http1Connection from, ProtocolException e) {
        inPlace.refuse(from, e, from.received(parser, inPlace.head()));
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
        inPlace.abandoned(from, known, byClient);
    }
}
