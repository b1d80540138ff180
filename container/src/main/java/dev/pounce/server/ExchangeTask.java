package dev.pounce.server;

import dev.pounce.exchange.ContentLimits;
import dev.pounce.exchange.ErrorResponse;
import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.ExchangeSettings;
import dev.pounce.exchange.Suspension;
import dev.pounce.exchange.Upgrade;
import dev.pounce.io.Lead;
import dev.pounce.protocol.RequestHead;
import dev.pounce.route.Handler;
import dev.pounce.route.Pace;
import dev.pounce.route.RequestQueue;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One exchange that may wait. Either it stands alone: it owns the connection from {@link #run}
 * until it is released, threads of its own act for it, and while it is suspended none does. Or a
 * {@link Turn} has one after another of them run {@link InPlace}, until one has to stand alone;
 * that one takes these objects with it.
 */
final class ExchangeTask implements Runnable, Suspension {
    private final Worker worker;
    private final ServerSettings settings;
    private final RequestHead head;
    private final Http1Sink sink;
    private final Exchange exchange;
    private final ExchangeSteps steps = new ExchangeSteps();
    private @Nullable Http1Connection connection;
    private @Nullable Handler handler;

    /** In whose buffers the exchange runs; null as soon as it stands alone. */
    private @Nullable InPlace place;

    private @Nullable HeldConnection held;
    private @Nullable ByteBuffer queue;

    /** Where this exchange has taken a place; set before its first step. */
    private @Nullable RequestQueue room;

    private ExchangeTask(
            Worker worker,
            ServerSettings settings,
            RequestHead head,
            Peer peer,
            Outlet outlet,
            ByteBuffer gathering,
            @Nullable Lead lead) {
        this.worker = worker;
        this.settings = settings;
        this.head = head;
        sink = new Http1Sink(worker.server().date(), outlet, gathering);
        exchange = new Exchange(settings.responses(), sink, head, peer, this, lead);
    }

    /** What a turn answers in place, one request after another. */
    static ExchangeTask inPlace(
            Worker worker, ServerSettings settings, Peer nobody, TurnOutput output, Lead lead) {
        return new ExchangeTask(
                worker, settings, new RequestHead(), nobody, output, output.queue(), lead);
    }

    /** An exchange that stands alone from its beginning. */
    static ExchangeTask alone(
            Http1Connection connection,
            Worker worker,
            RequestHead head,
            Handler handler,
            long framing,
            byte[] received) {
        ServerSettings settings = worker.turn().settings();
        ByteBuffer gathering = settings.responses().buffers().take();
        HeldConnection holding = new HeldConnection(connection, worker, settings, received);
        ExchangeTask task =
                new ExchangeTask(
                        worker, settings, head, connection.peer(), holding, gathering, null);
        task.connection = connection;
        task.handler = handler;
        task.hold(holding, gathering);
        task.sink.begin(holding, gathering, head);
        task.exchange.begin(
                head,
                connection.peer(),
                worker.now(),
                holding,
                framing,
                settings.limits().maxTrailers(),
                contentLimits(settings, handler).maxContent());
        task.exchange.settings(handler.settings());
        task.exchange.mayWait();
        return task;
    }

    private static ContentLimits contentLimits(ServerSettings settings, Handler handler) {
        ExchangeSettings own = handler.settings();
        return (own == null ? settings.responses().general() : own).limits();
    }

    private void hold(HeldConnection holding, ByteBuffer gathering) {
        held = holding;
        queue = gathering;
        holding.begin(exchange);
    }

    RequestHead head() {
        return head;
    }

    Http1Sink sink() {
        return sink;
    }

    Exchange exchange() {
        return exchange;
    }

    // --- alone ---------------------------------------------------------------------------------

    /** Runs the handler, on a thread for this exchange; where there is a queue it has room. */
    @Override
    public void run() {
        Handler answering = handler();
        Pace pace = answering.pace();
        long begin = pace == null ? 0 : ownNanos();
        room = answering.queue();
        exchange.startedLater();
        run(answering::handle);
        if (pace != null) {
            // the exchange may be another thread's by now
            worker.ranApart(pace, ownNanos() - begin);
        }
    }

    /**
     * A clock that stands still while the calling thread waits for a processor, if that is known.
     */
    private long ownNanos() {
        return worker.server().clock().getAsLong() - PlatformThreads.waitedNanos();
    }

    /** Answers instead of the handler when the queue has no room. */
    void refuse() {
        exchange.startedLater();
        worker.server().observer().requestRefused();
        run(refused -> ErrorResponse.send(refused.response(), 503, "POUNCE_LIMIT_REQUESTS"));
    }

    private void run(Step step) {
        steps.begin();
        goOn(step);
    }

    private void goOn(Step step) {
        if (!isSuspendedAfter(step)) {
            release();
        }
    }

    /** Runs steps until there is none; false when the exchange ends with the last one. */
    private boolean isSuspendedAfter(Step step) {
        runStep(step);
        ExchangeSteps.After after = steps.returned();
        while (after == ExchangeSteps.After.GO_ON) {
            runStep(steps.next());
            after = steps.returned();
        }
        if (after == ExchangeSteps.After.LEAVE) {
            leave();
            return true;
        }
        return false;
    }

    private void runStep(Step step) {
        try {
            step.run(exchange);
        } catch (Throwable e) {
            FailureResponder.answer(exchange, e);
            steps.failed();
        }
    }

    private void leave() {
        RequestQueue entered = room;
        if (entered != null) {
            entered.leave();
        }
    }

    @Override
    public void suspend() {
        standAlone();
        steps.suspend();
    }

    @Override
    public boolean resume(Step step) {
        ExchangeSteps.Taken taken = steps.resume(step);
        if (taken == ExchangeSteps.Taken.NOW) {
            RequestQueue entered = room;
            if (entered != null) {
                entered.reenter();
            }
            worker.execute(handler(), () -> goOn(step), false);
        }
        return taken != ExchangeSteps.Taken.REFUSED;
    }

    private void release() {
        HeldConnection holding = Objects.requireNonNull(held);
        Http1Connection owned = Objects.requireNonNull(connection);
        ExchangeEnd end = ExchangeEnd.RESET;
        try {
            end = end();
        } finally {
            exchange.ended();
            leave();
            settings.responses().buffers().give(Objects.requireNonNull(queue));
            byte[] rest = holding.end();
            Upgrade upgrade = exchange.upgrade();
            if (end == ExchangeEnd.UPGRADE && upgrade != null) {
                worker.speak(new UpgradedHttp1(owned, worker, rest, upgrade, handler()::release));
            } else {
                handler().release();
                owned.release(end, rest);
            }
        }
    }

    private ExchangeEnd end() {
        boolean consumed;
        try {
            consumed = exchange.end(exchange.limits().maxSwallow());
        } catch (IOException | RuntimeException e) {
            boolean answered = exchange.response().isEnded() && !exchange.response().isAborted();
            if (!answered) {
                FailureResponder.answer(exchange, e);
            }
            consumed = false;
        }
        if (exchange.response().isAborted()) {
            return ExchangeEnd.RESET;
        }
        if (exchange.upgrade() != null) {
            return consumed ? ExchangeEnd.UPGRADE : ExchangeEnd.RESET;
        }
        return consumed && sink.isPersistent() ? ExchangeEnd.PERSIST : ExchangeEnd.CLOSE;
    }

    private Handler handler() {
        return Objects.requireNonNull(handler);
    }

    // --- in place ------------------------------------------------------------------------------

    /**
     * Runs the exchange that has begun, on the thread of a turn, in code of unknown length.
     *
     * @return what becomes of the connection; null when the exchange stands alone: it is none of
     *     the turn's business any more
     */
    @Nullable ExchangeEnd runInPlace(
            InPlace at, Http1Connection from, Handler answering, @Nullable RequestQueue entered) {
        place = at;
        connection = from;
        handler = answering;
        room = entered;
        exchange.started();
        steps.begin();
        boolean suspended = isSuspendedAfter(answering::handle);
        if (place == null) {
            if (!suspended) {
                release();
            }
            return null;
        }
        ExchangeEnd end = end();
        exchange.ended();
        leave();
        place = null;
        return end;
    }

    /** Whether the turn's buffers and the connection are still those of the turn. */
    boolean isInPlace() {
        return place != null;
    }

    @Override
    public void standAlone() {
        InPlace left = place;
        if (left != null) {
            left.letGo(this);
        }
    }

    /**
     * The exchange owns its connection from now on, and what it needs.
     *
     * @param received bytes behind its request
     */
    void standAlone(byte[] received) {
        place = null;
        ByteBuffer gathering = settings.responses().buffers().take();
        Http1Connection owned = Objects.requireNonNull(connection);
        HeldConnection holding = new HeldConnection(owned, worker, settings, received);
        hold(holding, gathering);
        sink.leaveBy(holding, gathering);
    }
}
