package dev.pounce.server;

import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.ResponseSettings;
import dev.pounce.protocol.RequestHead;
import dev.pounce.route.Handler;

import java.io.IOException;
import java.nio.ByteBuffer;

/** One exchange on a virtual thread, which owns the connection until the end of {@link #run}. */
final class ExchangeTask implements Runnable {
    private final Http1Connection connection;
    private final Worker worker;
    private final RequestHead head;
    private final Handler handler;
    private final long framing;
    private final byte[] received;
    private final long receivedNanos;

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
        this.received = received;
        this.receivedNanos = worker.now();
    }

    @Override
    public void run() {
        HttpServer server = worker.server();
        ResponseSettings settings = server.responseSettings();
        ByteBuffer queue = settings.buffers().take();
        HeldConnection held = new HeldConnection(connection, worker, received);
        Http1Sink sink = new Http1Sink(server.date(), queue, held);
        sink.begin(held, head);
        Exchange exchange = new Exchange(settings, sink, head, connection);
        exchange.begin(
                head,
                connection,
                receivedNanos,
                held,
                framing,
                server.limits().maxTrailers(),
                server.limits().maxContent());
        held.begin(exchange);
        ExchangeEnd end = ExchangeEnd.RESET;
        try {
            end = serve(exchange, sink);
        } finally {
            settings.buffers().give(queue);
            connection.release(end, held.end());
        }
    }

    private ExchangeEnd serve(Exchange exchange, Http1Sink sink) {
        exchange.clock().started();
        try {
            handler.handle(exchange);
        } catch (Throwable e) {
            FailureResponder.answer(exchange, e);
        }
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
