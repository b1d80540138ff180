package dev.pounce.servlet.io;

import jakarta.servlet.WriteListener;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Waits for the client in the stead of a {@link WriteListener}: what the application writes is kept
 * for a virtual thread, which hands it on and calls the listener when there is room again, one call
 * at a time.
 */
public final class WritePump {
    /** With so many bytes waiting nothing more is taken. */
    private static final int FULL = 16 << 10;

    /** Where content goes. Used by the pump's thread only; may take its time. */
    public interface Target {

        /** Writes the first bytes of an array. */
        void write(byte[] content, int length) throws IOException;

        /** Sends what was written. */
        void flush() throws IOException;

        /** The application has closed the stream, and everything before was written. */
        void close() throws IOException;
    }

    private final Target target;
    private final WriteListener listener;
    private final Callbacks callbacks;
    private final Consumer<Throwable> failed;
    private byte[] pending = new byte[256];
    private int length;
    private boolean asked = true;
    private boolean flushing;
    private boolean closing;
    private boolean over;
    private @Nullable IOException failure;
    private @Nullable Thread thread;

    /**
     * @param failed is told after the listener when the content cannot be written or the listener
     *     fails
     */
    public WritePump(
            Target target,
            WriteListener listener,
            Callbacks callbacks,
            Consumer<Throwable> failed) {
        this.target = target;
        this.listener = listener;
        this.callbacks = callbacks;
        this.failed = failed;
    }

    /** Begins to write. */
    public synchronized void start() {
        thread = callbacks.start("pounce-write", this::run);
    }

    // --- the application's threads -------------------------------------------------------------

    /** Whether a write returns at once; if not, the listener is told when it does. */
    public synchronized boolean isReady() {
        boolean ready = length < FULL;
        asked |= !ready;
        return ready;
    }

    /**
     * Takes content.
     *
     * @throws IOException when content before could not be written
     * @throws IllegalStateException when there is no room
     */
    public synchronized void write(byte[] content, int offset, int count) throws IOException {
        IOException before = failure;
        if (before != null) {
            throw new IOException(before);
        }
        if (closing || over || count == 0) {
            return;
        }
        if (length >= FULL) {
            throw new IllegalStateException("isReady() has not returned true");
        }
        if (length + count > pending.length) {
            pending = Arrays.copyOf(pending, Math.max(length + count, 2 * pending.length));
        }
        System.arraycopy(content, offset, pending, length, count);
        length += count;
        notifyAll();
    }

    /** What was taken so far is to be sent. */
    public synchronized void flush() {
        flushing = true;
        notifyAll();
    }

    /** What was taken so far is all. */
    public synchronized void close() {
        closing = true;
        notifyAll();
    }

    /** The listener is not called any more; what was taken is still written. */
    public synchronized void end() {
        over = true;
        notifyAll();
    }

    /** Waits, after {@link #end}, until everything is written and no call is under way. */
    public void awaitEnd() {
        Thread running;
        synchronized (this) {
            boolean left = length > 0 || flushing || closing;
            if (thread == null && left) {
                start();
            }
            running = thread;
        }
        if (running != null && !running.equals(Thread.currentThread())) {
            Callbacks.join(running);
        }
    }

    // --- the pump's thread ---------------------------------------------------------------------

    private void run() {
        byte[] spare = new byte[256];
        try {
            while (true) {
                int count;
                boolean flush;
                byte[] taken;
                synchronized (this) {
                    awaitWork();
                    taken = pending;
                    count = length;
                    flush = flushing;
                    pending = spare;
                    length = 0;
                    flushing = false;
                }
                spare = taken;
                if (count > 0) {
                    target.write(taken, count);
                }
                if (flush) {
                    target.flush();
                }
                if (isOver()) {
                    return;
                }
                if (isAsked()) {
                    callbacks.call(this::tell);
                    settle();
                }
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void awaitWork() throws InterruptedException {
        while (length == 0 && !asked && !flushing && !closing && !over) {
            wait();
        }
    }

    /** Whether all is written and nothing more will come; the stream is closed then if need be. */
    private boolean isOver() throws IOException {
        boolean close;
        synchronized (this) {
            if (length > 0 || flushing || !closing && !over) {
                return false;
            }
            close = closing;
        }
        if (close) {
            target.close();
        }
        return true;
    }

    private synchronized boolean isAsked() {
        return asked;
    }

    /** Another call may have filled what was empty before this one's turn came. */
    private void tell() throws IOException {
        if (takeAsked()) {
            listener.onWritePossible();
        }
    }

    /** Where there is room nobody waits for it, also when nobody wanted to be told. */
    private synchronized void settle() {
        asked &= length >= FULL;
    }

    private synchronized boolean takeAsked() {
        boolean was = asked && length < FULL && !closing && !over;
        asked &= !was;
        return was;
    }

    private void fail(Throwable cause) {
        synchronized (this) {
            failure = cause instanceof IOException io ? io : new IOException(cause);
            length = 0;
            if (over) {
                return;
            }
        }
        try {
            callbacks.call(() -> listener.onError(cause));
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
        failed.accept(cause);
    }
}
