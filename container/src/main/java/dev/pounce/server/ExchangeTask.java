package dev.pounce.server;

import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.ResponseSettings;
import dev.pounce.exchange.Suspension;
import dev.pounce.protocol.RequestHead;
import dev.pounce.route.Handler;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One exchange on virtual threads, which owns the connection from {@link #run} until it is
 * released. While it is suspended no thread acts for it.
 */
final class ExchangeTask implements Runnable, Suspension {

    private final Http1Connection connection;
    private final Worker worker;
    private final RequestHead head;
    private final Handler handler;
    private final long framing;
    private final long receivedNanos;
    private final HeldConnection held;
    private final ByteBuffer queue;
    private final Http1Sink sink;
    private final Exchange exchange;
    private final ExchangeSteps steps = new ExchangeSteps();

    ExchangeTask(
            Http1Connection connection,
            Worker worker,
            RequestHead head,
            Handler handler,
            long framing,
            byte[] received) {
        this.connection = connection;
        this.worker = worker;
        this.head = head;
        this.handler = handler;
        this.framing = framing;
        this.receivedNanos = worker.now();
        HttpServer server = worker.server();
        ResponseSettings settings = server.responseSettings();
        queue = settings.buffers().take();
        held = new HeldConnection(connection, worker, received);
        sink = new Http1Sink(server.date(), queue, held);
        exchange = new Exchange(settings, sink, head, connection, this, null);
    }

    @Override
    public void run() {
        HttpServer server = worker.server();
        sink.begin(held, head);
        exchange.begin(
                head,
                connection,
                receivedNanos,
                held,
                framing,
                server.limits().maxTrailers(),
                server.limits().maxContent());
        held.begin(exchange);
        exchange.started();
        run(handler::handle);
    }

    private void run(Step first) {
        Step step = first;
        while (step != null) {
            try {
                step.run(exchange);
            } catch (Throwable e) {
                FailureResponder.answer(exchange, e);
                steps.failed();
            }
            step = steps.returned();
            if (step == null && steps.hasEnded()) {
                release();
            }
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
            handler.release();
            worker.server().responseSettings().buffers().give(queue);
            connection.release(end, held.end());
        }
    }

    private ExchangeEnd end() {
        boolean consumed;
        try {
            consumed = exchange.end(worker.limits().maxSwallow());
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
        return consumed && sink.isPersistent() ? ExchangeEnd.PERSIST : ExchangeEnd.CLOSE;
    }
}
