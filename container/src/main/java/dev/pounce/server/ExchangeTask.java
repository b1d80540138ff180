package dev.pounce.server;

import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.ResponseSettings;
import dev.pounce.exchange.Suspension;
import dev.pounce.protocol.RequestHead;
import dev.pounce.route.Handler;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One exchange on virtual threads, which owns the connection from {@link #run} until it is
 * released. While it is suspended no thread acts for it.
 */
final class ExchangeTask implements Runnable, Suspension {

    /** Who acts for the exchange. */
    private enum State {
        /** A thread, after which the exchange ends. */
        RUNNING,
        /** A thread, after which the exchange is suspended. */
        SUSPENDING,
        /** A thread, after which it goes on with the next step. */
        RESUMED,
        /** Nobody. */
        SUSPENDED,
        /** Nobody any more. */
        ENDED
    }

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
    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);

    /** The step of the one who resumes; a second one finds it taken. */
    private final AtomicReference<@Nullable Step> next = new AtomicReference<>();

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
        exchange = new Exchange(settings, sink, head, connection, this);
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
        exchange.clock().started();
        run(handler::handle);
    }

    private void run(Step first) {
        Step step = first;
        while (true) {
            try {
                step.run(exchange);
            } catch (Throwable e) {
                FailureResponder.answer(exchange, e);
                state.set(State.RUNNING);
            }
            if (state.compareAndSet(State.SUSPENDING, State.SUSPENDED)) {
                return;
            }
            if (!state.compareAndSet(State.RESUMED, State.RUNNING)) {
                break;
            }
            step = Objects.requireNonNull(next.getAndSet(null));
        }
        release();
    }

    @Override
    public void suspend() {
        if (!state.compareAndSet(State.RUNNING, State.SUSPENDING)) {
            throw new IllegalStateException("the exchange is " + state);
        }
    }

    @Override
    public boolean resume(Step step) {
        if (!next.compareAndSet(null, step)) {
            return false;
        }
        while (true) {
            State now = Objects.requireNonNull(state.get());
            switch (now) {
                case SUSPENDING -> {
                    if (state.compareAndSet(now, State.RESUMED)) {
                        return true;
                    }
                }
                case SUSPENDED -> {
                    state.set(State.RUNNING);
                    next.set(null);
                    worker.execute(() -> run(step));
                    return true;
                }
                case RUNNING, RESUMED, ENDED -> {
                    next.set(null);
                    return false;
                }
            }
        }
    }

    private void release() {
        ExchangeEnd end = ExchangeEnd.RESET;
        try {
            end = end();
        } finally {
            state.set(State.ENDED);
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
