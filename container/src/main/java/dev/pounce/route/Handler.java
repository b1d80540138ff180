package dev.pounce.route;

import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.ExchangeSettings;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Executor;

/** Answers exchanges; called by several threads at once. */
@FunctionalInterface
public interface Handler {

    /** On which thread a handler runs. */
    enum Execution {
        /**
         * On the worker that read the request; the handler never waits. Its content is collected
         * before.
         */
        IN_PLACE,
        /**
         * In place as long as the handler's {@link Handler#pace} says that it is short and its
         * content is there, else on a virtual thread. It may wait: another thread takes the
         * worker's loop over then.
         */
        LEARNED,
        /** On a thread of its own, which may wait: see {@link Handler#executor}. */
        VIRTUAL_THREAD
    }

    /**
     * Answers the exchange; when it returns the response is ended.
     *
     * @throws Exception anything that is not answered yet becomes a 500
     */
    void handle(Exchange exchange) throws Exception;

    /** The same handler, which never waits, run on the worker. */
    static Handler inPlace(Handler handler) {
        return new Handler() {
            @Override
            public void handle(Exchange exchange) throws Exception {
                handler.handle(exchange);
            }

            @Override
            public Execution execution(String method) {
                return Execution.IN_PLACE;
            }
        };
    }

    /**
     * An exchange was dispatched to this handler: what it needs must stay until {@link #release}.
     * Called on the worker in the turn in which the handler was looked up.
     */
    default void acquire() {}

    /** An exchange for which {@link #acquire} was called has ended. Any thread. */
    default void release() {}

    /** Where requests wait that do not run in place; null when they never wait. */
    default @Nullable RequestQueue queue() {
        return null;
    }

    /** How short its requests are; of use where {@link Execution#LEARNED} is its execution. */
    default @Nullable Pace pace() {
        return null;
    }

    /** What is otherwise for its exchanges than for others; null where nothing is. */
    default @Nullable ExchangeSettings settings() {
        return null;
    }

    /** Which threads its requests have that do not run in place; null for virtual ones. */
    default @Nullable Executor executor() {
        return null;
    }

    /** Where requests of that method run. */
    default Execution execution(String method) {
        return Execution.VIRTUAL_THREAD;
    }
}
