package dev.pounce.server;

import dev.pounce.exchange.ExchangeSettings;
import dev.pounce.io.Deadline;
import dev.pounce.protocol.RequestHead;
import dev.pounce.route.Handler;
import dev.pounce.route.Pace;
import dev.pounce.route.RequestQueue;

import org.jspecify.annotations.Nullable;

import java.util.function.Predicate;

/**
 * What a worker knows of the exchange that has one of its connections, or of what speaks another
 * protocol there after it: the request, its place in a queue, and the threads that are parked until
 * the connection is ready. The connection's deadline is theirs meanwhile. Used by the thread that
 * leads only.
 */
final class Tenant {
    private final Worker worker;
    private final Deadline deadline;
    private final Interest interest;
    private final Waits waits = new Waits();
    private @Nullable RequestHead request;
    private long since;
    private @Nullable Handler handler;
    private RequestQueue.@Nullable Ticket queued;
    private @Nullable UpgradedHttp1 upgraded;

    /**
     * @param deadline the connection's
     * @param interest the connection's
     */
    Tenant(Worker worker, Deadline deadline, Interest interest) {
        this.worker = worker;
        this.deadline = deadline;
        this.interest = interest;
    }

    /**
     * An exchange has the connection.
     *
     * @param head of its request; not changed until it has left
     * @param running who answers it
     */
    void comes(RequestHead head, @Nullable Handler running) {
        handler = running;
        request = head;
        since = worker.now();
        deadline.clear();
    }

    /** Has it run on a thread of its own as soon as its queue has room. */
    void start(ExchangeTask task, Handler running) {
        RequestQueue queue = running.queue();
        Pace pace = running.pace();
        boolean isLong = pace != null && !pace.isShort();
        if (queue == null || queue.tryEnter()) {
            worker.execute(running, task, isLong);
            return;
        }
        RequestQueue.Ticket ticket =
                queue.await(
                        () -> worker.execute(running, task, isLong),
                        () -> worker.execute(task::refuse));
        worker.server().observer().queued();
        if (ticket == null) {
            worker.execute(task::refuse);
        } else {
            queued = ticket;
            deadline.set(worker.deadlines(), worker.now() + queue.waitNanos());
        }
    }

    /** HTTP has ended here, and its deadlines with it. */
    void upgrades(UpgradedHttp1 next) {
        // a thread that the application has left in a read
        waits.gone();
        deadline.clear();
        queued = null;
        upgraded = next;
    }

    /** It has given the connection back. */
    void leaves() {
        queued = null;
        request = null;
        handler = null;
        // a thread that the application has left in a read
        waits.gone();
    }

    /** The connection is of no use to it any more. */
    void evict() {
        waits.gone();
    }

    /** The connection is closed. */
    void closed() {
        UpgradedHttp1 other = upgraded;
        if (other != null) {
            upgraded = null;
            other.closed();
        }
        waits.gone();
    }

    /** How long the client may take nothing of what it writes. Its threads ask, too. */
    long writeNanos() {
        Handler answering = handler;
        ExchangeSettings own = answering == null ? null : answering.settings();
        return own == null ? worker.limits().writeNanos() : own.limits().writeNanos();
    }

    /** Whether such a handler has its request. */
    boolean isFor(Predicate<Handler> which) {
        Handler running = handler;
        return running != null && which.test(running);
    }

    /** Its request for the log; null when there is none. */
    @Nullable String description() {
        RequestHead running = request;
        return running == null ? null : CutOff.describe(worker, running, since);
    }

    // --- its threads that wait -----------------------------------------------------------------

    /**
     * A thread is parked.
     *
     * @param nanos how long at most
     */
    void parks(Wait started, long nanos) {
        if (nanos != Wait.FOR_EVER) {
            started.due(worker.now() + nanos);
        }
        waits.add(started);
        awaitDue();
        interest.arm(started.operation());
    }

    /** The connection is ready for an operation; false when no thread waits for it. */
    boolean ready(int operation) {
        boolean woken = waits.ready(operation);
        if (woken) {
            awaitDue();
        }
        return woken;
    }

    /** Whoever has waited for too long, in the queue or for the client, does not any more. */
    void expire(long now) {
        RequestQueue.Ticket ticket = queued;
        if (!waits.isEmpty()) {
            waits.expire(now);
            awaitDue();
        } else if (ticket != null) {
            ticket.expire();
        }
    }

    /** Nobody is to wait for the client until the exchange has ended. */
    void endReading() {
        waits.endReading();
    }

    /** The deadline is that of whoever waits, if somebody does and has one. */
    private void awaitDue() {
        long due = waits.due();
        if (due == Wait.FOR_EVER) {
            deadline.clear();
        } else {
            deadline.set(worker.deadlines(), due);
        }
    }
}
