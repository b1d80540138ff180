package dev.pounce.io;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lends direct buffers of one size. What comes back above the bound is left to the garbage
 * collector. Thread-safe; never waits, and takes no lock, for a flush may come by here.
 */
public final class BufferPool implements Buffers {
    private final int size;
    private final int maxIdle;

    /** The buffer that came back last, which the processor's caches know best. */
    private final AtomicReference<@Nullable Idle> top = new AtomicReference<>();

    /**
     * A buffer that nobody has.
     *
     * @param below the one that came back before it
     * @param count how many there are with this one
     */
    private record Idle(ByteBuffer buffer, @Nullable Idle below, int count) {}

    /**
     * @param size bytes of each buffer
     * @param maxIdle how many buffers are kept while nobody has them
     */
    public BufferPool(int size, int maxIdle) {
        this.size = size;
        this.maxIdle = maxIdle;
    }

    @Override
    public ByteBuffer take() {
        Idle last;
        do {
            last = top.get();
            if (last == null) {
                return ByteBuffer.allocateDirect(size);
            }
        } while (!top.compareAndSet(last, last.below()));
        return last.buffer().clear();
    }

    @Override
    public void give(ByteBuffer buffer) {
        Idle last;
        Idle next;
        do {
            last = top.get();
            int count = last == null ? 1 : last.count() + 1;
            if (count > maxIdle) {
                return;
            }
            next = new Idle(buffer, last, count);
        } while (!top.compareAndSet(last, next));
    }
}
