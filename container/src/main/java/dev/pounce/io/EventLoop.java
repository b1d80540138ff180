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
 * apart from that thread, so that leading can be handed on, between any two steps and also in the
 * middle of one: the rest of what was ready, sent or due is served by the next leader.
 *
 * <p>So whatever may lose the lead, by a {@link LeadLostException}, must be the last thing that a
 * callback does.
 *
 * <p>{@link #post} may be called by any thread, everything else only by the one that leads.
 */
public final class EventLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    private static final Runnable END_OF_BATCH = () -> {};

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
    private int served;
    private boolean stopped;
    private volatile boolean ended;

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

    /**
     * Has a message run by the thread that leads; several messages cost one wake-up. When the loop
     * has ended the caller runs it: nobody waits for ever for what only a message can say.
     */
    public void post(Runnable message) {
        messages.add(message);
        if (ended) {
            runLastMessages();
        } else if (awake.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    private synchronized void runLastMessages() {
        for (Runnable message = messages.poll(); message != null; message = messages.poll()) {
            run(message);
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

    /**
     * Leads the loop until {@link #stop}.
     *
     * @throws LeadLostException when another thread leads it now
     */
    public void run() throws IOException {
        // of a batch in which another thread lost the lead
        messages.remove(END_OF_BATCH);
        deadlines.update();
        while (!stopped) {
            serve();
            runMessages();
            deadlines.run();
            awake.set(false);
            if (stopped) {
                break;
            }
            if (messages.isEmpty()) {
                selector.select(ready::add, deadlines.sleepMillis());
            } else {
                selector.selectNow(ready::add);
            }
            awake.set(true);
            deadlines.update();
        }
        ended = true;
        runLastMessages();
    }

    /** Keys are served outside the selector's own call, which holds its locks. */
    private void serve() {
        while (served < ready.size()) {
            SelectionKey key = ready.get(served++);
            if (key.isValid()) {
                Readiness readiness = (Readiness) key.attachment();
                try {
                    readiness.ready(key.readyOps());
                } catch (LeadLostException e) {
                    throw e;
                } catch (Throwable e) {
                    readiness.failed(e);
                }
            }
        }
        ready.clear();
        served = 0;
    }

    /** Runs the messages that are there; what they send waits until the keys had their turn. */
    private void runMessages() {
        if (messages.isEmpty()) {
            return;
        }
        messages.add(END_OF_BATCH);
        Runnable message = messages.poll();
        while (message != null && message != END_OF_BATCH) {
            run(message);
            message = messages.poll();
        }
    }

    private static void run(Runnable message) {
        try {
            message.run();
        } catch (LeadLostException e) {
            throw e;
        } catch (Throwable e) {
            LOG.error("a message to a worker failed", e);
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
