package dev.pounce.io;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * A selector with its deadlines and its messages: what a worker's thread leads. It is an object
 * apart from that thread, so that leading can be handed on.
 *
 * <p>{@link #post} may be called by any thread, everything else only by the one that leads.
 */
public final class EventLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    /** What is attached to a key. Called by the thread that leads. */
    public interface Readiness {

        /**
         * The channel is ready.
         *
         * @param operations as {@link SelectionKey#readyOps} says
         */
        void ready(int operations);

        /** {@link #ready} threw what nobody may throw; gives up this channel and nothing else. */
        void failed(Throwable failure);
    }

    private final Selector selector;
    private final Deadlines deadlines;
    private final Queue<Runnable> messages = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean awake = new AtomicBoolean();
    private final List<SelectionKey> ready = new ArrayList<>();
    private boolean stopped;

    /**
     * @param clock nanoseconds that never go back
     */
    public EventLoop(LongSupplier clock) throws IOException {
        selector = Selector.open();
        deadlines = new Deadlines(clock);
    }

    /** The deadlines of this loop. */
    public Deadlines deadlines() {
        return deadlines;
    }

    /** Has a message run by the thread that leads; several messages cost one wake-up. */
    public void post(Runnable message) {
        messages.add(message);
        if (awake.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /** Registers a non-blocking channel. */
    public SelectionKey register(SelectableChannel channel, int operations, Readiness readiness)
            throws IOException {
        return channel.register(selector, operations, readiness);
    }

    /** All that is registered and still open. */
    public List<Readiness> registered() {
        List<Readiness> all = new ArrayList<>();
        for (SelectionKey key : selector.keys()) {
            if (key.isValid()) {
                all.add((Readiness) key.attachment());
            }
        }
        return all;
    }

    /** Makes {@link #run} return. */
    public void stop() {
        stopped = true;
    }

    /** Leads the loop until {@link #stop}. */
    public void run() throws IOException {
        while (!stopped) {
            if (messages.isEmpty()) {
                selector.select(ready::add, deadlines.sleepMillis());
            } else {
                selector.selectNow(ready::add);
            }
            awake.set(true);
            deadlines.update();
            serve();
            runMessages();
            deadlines.run();
            awake.set(false);
        }
    }

    /** Keys are served outside the selector's own call, which holds its locks. */
    private void serve() {
        for (int i = 0; i < ready.size(); i++) {
            SelectionKey key = ready.get(i);
            if (key.isValid()) {
                Readiness readiness = (Readiness) key.attachment();
                try {
                    readiness.ready(key.readyOps());
                } catch (Throwable e) {
                    readiness.failed(e);
                }
            }
        }
        ready.clear();
    }

    private void runMessages() {
        for (Runnable message = messages.poll(); message != null; message = messages.poll()) {
            try {
                message.run();
            } catch (Throwable e) {
                LOG.error("a message to a worker failed", e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
