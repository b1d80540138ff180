package dev.pounce.server;

import dev.pounce.exchange.ErrorResponse;
import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.Suspension;
import dev.pounce.exchange.Upgrade;
import dev.pounce.protocol.RequestHead;
import dev.pounce.route.Handler;
import dev.pounce.route.RequestQueue;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One exchange on virtual threads, which owns the connection from {@link #run} until it is
 * released. While it is suspended no thread acts for it.
 */
final class ExchangeTask implements Runnable, Suspension {
    private final Http1Connection connection;
    private final Worker worker;
    private final ServerSettings settings;
    private final Handler handler;
    private final HeldConnection held;
    private final ByteBuffer queue;
    private final Http1Sink sink;
    private final Exchange exchange;
    private final ExchangeSteps steps = new ExchangeSteps();

    /** Where this exchange has taken a place; set before its first step. */
    private @Nullable RequestQueue room;

    ExchangeTask(
            Http1Connection connection,
            Worker worker,
            RequestHead head,
            Handler handler,
            long framing,
            byte[] received) {
        this.connection = connection;
        this.worker = worker;
        this.handler = handler;
        settings = worker.turn().settings();
        queue = settings.responses().buffers().take();
        held = new HeldConnection(connection, worker, settings, received);
        sink = new Http1Sink(worker.server().date(), queue, held);
        exchange =
                new Exchange(
                        settings.responses(),
                        settings.limits().maxCollected(),
                        sink,
                        head,
                        connection.peer(),
                        this,
                        null);
        sink.begin(held, head);
        exchange.begin(
                head,
                connection.peer(),
                worker.now(),
                held,
                framing,
                settings.limits().maxTrailers(),
                settings.limits().maxContent());
        held.begin(exchange);
    }

    /** Runs the handler, on a thread for this exchange; where there is a queue it has room. */
    @Override
    public void run() {
        room = handler.queue();
        exchange.started();
        run(handler::handle);
    }

    /** Answers instead of the handler when the queue has no room. */
    void refuse() {
        exchange.started();
        worker.server().observer().requestRefused();
        run(refused -> ErrorResponse.send(refused.response(), 503, "POUNCE_LIMIT_REQUESTS"));
    }

    private void run(Step step) {
        runStep(step);
        ExchangeSteps.After after = steps.returned();
        while (after == ExchangeSteps.After.GO_ON) {
            runStep(steps.next());
            after = steps.returned();
        }
        if (after == ExchangeSteps.After.END) {
            release();
        } else {
            leave();
        }
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
        RequestQueue queue = room;
        if (queue != null) {
            queue.leave();
        }
    }

    @Override
    public void suspend() {
        steps.suspend();
    }

    @Override
    public boolean resume(Step step) {
        ExchangeSteps.Taken taken = steps.resume(step);
        if (taken == ExchangeSteps.Taken.NOW) {
            RequestQueue queue = room;
            if (queue != null) {
                queue.reenter();
            }
            worker.execute(() -> run(step));
        }
        return taken != ExchangeSteps.Taken.REFUSED;
    }

    private void release() {
        ExchangeEnd end = ExchangeEnd.RESET;
        try {
            end = end();
        } finally {
            exchange.ended();
            leave();
            settings.responses().buffers().give(queue);
            byte[] rest = held.end();
            Upgrade upgrade = exchange.upgrade();
            if (end == ExchangeEnd.UPGRADE && upgrade != null) {
                new UpgradedHttp1(connection, worker, rest, upgrade, handler::release).run();
            } else {
                handler.release();
                connection.release(end, rest);
            }
        }
    }

    private ExchangeEnd end() {
        boolean consumed;
        try {
            consumed = exchange.end(settings.limits().maxSwallow());
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
}
