package dev.pounce.route;

import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.ExchangeSettings;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the exchanges that have a handler of one webapp, so that the webapp can be closed when the
 * last of them has ended. Counting allocates nothing and takes no lock; threads count in different
 * places, so that workers do not get into each other's way.
 */
public final class InFlight {
    /** A power of two. */
    private static final int STRIPES = 16;

    /** Longs between two stripes: two cache lines, for processors fetch pairs of them. */
    private static final int SPREAD = 16;

    private final AtomicLongArray counts = new AtomicLongArray(STRIPES * SPREAD);
    private final @Nullable RequestQueue queue;
    private final RequestThreads threads;

    /** Of the webapp's own; null where it has what all have. */
    private volatile @Nullable ExchangeSettings settings;

    private final CountDownLatch none = new CountDownLatch(1);

    /** Like the other one, but that nobody can give up. */
    private final CountDownLatch zero = new CountDownLatch(1);

    private volatile boolean awaited;
    private volatile boolean closed;

    /** Of a webapp whose requests never wait. */
    public InFlight() {
        this(null);
    }

    /**
     * Of a webapp whose requests may have to wait.
     *
     * @param queue where
     */
    public InFlight(@Nullable RequestQueue queue) {
        this(queue, RequestThreads.AUTO);
    }

    /**
     * Of a webapp whose requests may have to wait.
     *
     * @param queue where
     * @param threads on which threads they run
     */
    public InFlight(@Nullable RequestQueue queue, RequestThreads threads) {
        this.queue = queue;
        this.threads = threads;
    }

    /**
     * Has the webapp's exchanges that begin from now on work with settings of its own.
     *
     * @param own null for those that all have
     */
    public void settings(@Nullable ExchangeSettings own) {
        settings = own;
    }

    /** The same route, whose exchanges are counted. */
    public Route counted(Route route) {
        return new Route(route.pattern(), new Counted(route.handler()), route.name());
    }

    /** How many exchanges there are; exact when none begins meanwhile. */
    public long count() {
        long sum = 0;
        for (int i = 0; i < STRIPES; i++) {
            sum += counts.get(i * SPREAD);
        }
        return sum;
    }

    /**
     * Waits until there is none. To be called by one thread, when none can begin any more.
     *
     * @return false when that takes longer, or somebody has given up
     */
    public boolean await(long nanos) throws InterruptedException {
        awaited = true;
        if (count() == 0) {
            return true;
        }
        none.await(nanos, TimeUnit.NANOSECONDS);
        // one that is being refused is counted for a moment, so a second look may see it
        return zero.getCount() == 0 || count() == 0;
    }

    /**
     * Waits for those that were ended or aborted, also where nobody has called {@link #await}.
     *
     * @return false when that takes longer
     */
    public boolean awaitAborted(long nanos) throws InterruptedException {
        awaited = true;
        return count() == 0 || zero.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** Whether it counts the exchanges of a handler. */
    public boolean counts(Handler handler) {
        return handler instanceof Counted counted && counted.owner() == this;
    }

    /** Nobody waits any longer. */
    public void giveUp() {
        none.countDown();
    }

    /**
     * Counts a request of another webapp that is dispatched to this one, until {@link #leave}.
     *
     * @return false when this webapp is being taken away; nothing is counted then
     */
    public boolean enter() {
        add(1);
        if (closed) {
            ended();
            return false;
        }
        return true;
    }

    /** A request that has entered has ended. Any thread. */
    public void leave() {
        ended();
    }

    /** From now on no request of another webapp enters. */
    public void close() {
        closed = true;
    }

    private void add(int one) {
        int stripe = (int) Thread.currentThread().threadId() & STRIPES - 1;
        counts.getAndAdd(stripe * SPREAD, one);
    }

    private void ended() {
        add(-1);
        if (awaited && count() == 0) {
            // whoever is woken by the second asks the first
            zero.countDown();
            none.countDown();
        }
    }

    private final class Counted implements Handler {
        private final Handler handler;

        Counted(Handler handler) {
            this.handler = handler;
        }

        InFlight owner() {
            return InFlight.this;
        }

        @Override
        public void acquire() {
            add(1);
            handler.acquire();
        }

        @Override
        public void handle(Exchange exchange) throws Exception {
            handler.handle(exchange);
        }

        @Override
        public void release() {
            handler.release();
            ended();
        }

        @Override
        public @Nullable RequestQueue queue() {
            return queue;
        }

        @Override
        public @Nullable ExchangeSettings settings() {
            return settings;
        }

        @Override
        public @Nullable Executor executor() {
            return threads.executor();
        }

        @Override
        public @Nullable Pace pace() {
            return threads.pace(handler.pace());
        }

        @Override
        public Execution execution(String method) {
            return threads.execution(handler.execution(method));
        }
    }
}
