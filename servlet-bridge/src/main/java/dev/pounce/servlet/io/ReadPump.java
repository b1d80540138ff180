package dev.pounce.servlet.io;

import jakarta.servlet.ReadListener;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * Waits for content in the stead of a {@link ReadListener}: a virtual thread reads when the
 * listener has asked for more, by {@link #isReady}, and calls it, one call at a time. What the
 * application reads is there already.
 */
public final class ReadPump {
    private static final int BUFFER = 8 << 10;

    /** Where content comes from. Used by the pump's thread only, but for {@link #cancel}. */
    public interface Source {

        /**
         * Reads at least one byte, which may take its time.
         *
         * @return how many, or -1 at the end
         */
        int read(byte[] target) throws IOException;

        /** Whether it is known that no more will come. */
        boolean isComplete();

        /** Ends the waiting of a read that is under way. Any thread. */
        void cancel();
    }

    private final Source source;
    private final ReadListener listener;
    private final Callbacks callbacks;
    private final Consumer<Throwable> failed;
    private byte[] received = new byte[BUFFER];
    private int position;
    private int limit;
    private boolean asked = true;
    private boolean complete;
    private boolean over;
    private @Nullable Thread thread;

    /**
     * @param failed is told after the listener when the content cannot be read or the listener
     *     fails
     */
    public ReadPump(
            Source source, ReadListener listener, Callbacks callbacks, Consumer<Throwable> failed) {
        this.source = source;
        this.listener = listener;
        this.callbacks = callbacks;
        this.failed = failed;
    }

    /** Begins to read. */
    public synchronized void start() {
        if (!over) {
            thread = callbacks.start("pounce-read", this::run);
        }
    }

    // --- the application's threads -------------------------------------------------------------

    /** Whether a read returns at once; if not, the listener is told when it does. */
    public synchronized boolean isReady() {
        boolean ready = position < limit || complete || over;
        if (!ready && !asked) {
            asked = true;
            notifyAll();
        }
        return ready;
    }

    /** Whether all content was read. */
    public synchronized boolean isFinished() {
        return over || complete && position == limit;
    }

    /** Bytes that can be read. */
    public synchronized int available() {
        return limit - position;
    }

    /**
     * Reads what is there.
     *
     * @throws IllegalStateException when nothing is
     */
    public synchronized int read(byte[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (position == limit) {
            if (complete || over) {
                return -1;
            }
            throw new IllegalStateException("isReady() has not returned true");
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(received, position, target, offset, count);
        position += count;
        if (position == limit && complete) {
            notifyAll();
        }
        return count;
    }

    /** Nobody is to be told of anything any more. */
    public void end() {
        synchronized (this) {
            over = true;
            notifyAll();
        }
        source.cancel();
    }

    /** Waits, after {@link #end}, until nothing is read and no call is under way. */
    public void awaitEnd() {
        Thread running;
        synchronized (this) {
            running = thread;
        }
        if (running != null && !running.equals(Thread.currentThread())) {
            Callbacks.join(running);
        }
    }

    // --- the pump's thread ---------------------------------------------------------------------

    private void run() {
        try {
            while (awaitWork()) {
                if (isEmpty()) {
                    fill();
                }
                boolean all = takeAsked();
                callbacks.call(all ? listener::onAllDataRead : listener::onDataAvailable);
                if (all) {
                    return;
                }
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** False when it is over. */
    private synchronized boolean awaitWork() throws InterruptedException {
        while (!over && !asked && !(complete && position == limit)) {
            wait();
        }
        return !over;
    }

    private synchronized boolean isEmpty() {
        return position == limit && !complete;
    }

    private void fill() throws IOException {
        byte[] next = new byte[BUFFER];
        int count = source.read(next);
        synchronized (this) {
            received = next;
            position = 0;
            limit = Math.max(0, count);
            complete = count < 0 || source.isComplete();
        }
    }

    /** Whether there is no more to read. */
    private synchronized boolean takeAsked() {
        asked = false;
        return complete && position == limit;
    }

    private void fail(Throwable failure) {
        synchronized (this) {
            complete = true;
            if (over) {
                return;
            }
        }
        try {
            callbacks.call(() -> listener.onError(failure));
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
        failed.accept(failure);
    }
}
