package dev.pounce.server;

import dev.pounce.exchange.ClientGoneException;
import dev.pounce.exchange.ErrorResponse;
import dev.pounce.exchange.Exchange;
import dev.pounce.io.Lead;
import dev.pounce.io.LeadLostException;
import dev.pounce.observe.CloseReason;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.protocol.RequestHead;
import dev.pounce.route.Handler;
import dev.pounce.route.Pace;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;

/**
 * Answers requests on the thread that leads a worker's loop, one after another with the same
 * objects. What it has for this belongs to that thread.
 *
 * <p>A handler that takes long may cost the thread the lead ({@link Lead}). It then ends the
 * exchange as a thread that has only this connection: it waits where the socket is full, and gives
 * the connection back.
 */
final class InPlace {
    private static final Logger LOG = LoggerFactory.getLogger(InPlace.class);

    /** Requests in place after which their route is told: that costs more than to count them. */
    private static final int SHORT_RUNS = 64;

    private static final byte[] NO_CONTENT = {};

    private final Worker worker;
    private final Leader leader;
    private final TurnInput input;
    private final Lead lead;
    private final TurnOutput output;
    private Http1Connection connection;
    private ServerSettings settings;
    private ExchangeTask task;
    private RequestHead head;
    private Http1Sink sink;
    private Exchange exchange;

    /** Who runs, or did last. */
    private @Nullable Handler answering;

    /** Of the handler that runs, if it may wait. */
    private @Nullable Pace pace;

    private int shortRuns;

    /**
     * @param input has what comes behind the request that is answered
     */
    InPlace(Worker worker, Leader leader, TurnInput input, ServerSettings settings) {
        this.worker = worker;
        this.leader = leader;
        this.input = input;
        this.lead = leader.lead();
        this.connection = Http1Connection.unconnected(worker);
        this.output = new TurnOutput(lead, connection);
        this.settings = settings;
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

    /** Other settings count for what begins now. */
    void settings(ServerSettings current) {
        settings = current;
        exchange.retire();
        renewTask();
    }

    /** What follows is for this connection. */
    void begins(Http1Connection from) {
        connection = from;
        output.begin(from);
    }

    /** Into which the next request is read. */
    RequestHead head() {
        return head;
    }

    /** Whether there are no answers that have not been sent. */
    boolean isAllSent() {
        return output.isEmpty();
    }

    /**
     * A request has come, and it is asked who answers it.
     *
     * @param received its head
     */
    Exchange begin(RequestHead received) {
        exchange.begin(received, connection.peer(), worker.now(), NO_CONTENT, 0, 0);
        return exchange;
    }

    /**
     * Tells a client to go on that waits with the content of its request.
     *
     * @param received the request's head
     */
    void sendContinue(RequestHead received) throws IOException {
        begin(received);
        sink.begin(output, output.queue(), received);
        exchange.response().informational(100);
    }

    /** Runs a handler in place; false when the turn ended with it. */
    boolean run(Http1Connection from, Handler handler) {
        handler.acquire();
        try {
            return answer(from, handler);
        } finally {
            handler.release();
        }
    }

    boolean runCollected(Http1Connection from, ContentCollector collector) {
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
    boolean runUnhurried(Http1Connection from, Handler handler) {
        handler.acquire();
        Pace known = Objects.requireNonNull(handler.pace());
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
                from.release(end, input.rest());
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
        leaving.standAlone(input.rest());
        if (leads) {
            lead.enter();
        }
    }

    /**
     * Leaves the connection to this thread, which is in a handler and leads no longer: with what it
     * holds in its buffers it ends the exchange as a virtual thread would. Called by the thread
     * that takes over, which may be this one.
     */
    void detach() {
        Pace running = pace;
        if (running != null && running.tookLong()) {
            worker.server().observer().routeSlowed();
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
        from.release(end, input.rest());
    }

    /** Answers what is no request, of which as much is known as the head has, and closes. */
    void refuse(Http1Connection from, ProtocolException e, RequestHead known) {
        begins(from);
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

    void sendQueue(Http1Connection from) {
        try {
            output.sendQueue();
            from.sent(exchange.limits().writeNanos());
        } catch (IOException e) {
            from.close();
        }
    }
}
