package dev.pounce.io;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Lends direct buffers of one size. What comes back above the bound is left to the garbage
 * collector. Thread-safe; never waits.
 */
public final class BufferPool {
    private final int size;
    private final ArrayBlockingQueue<ByteBuffer> idle;

    /**
     * @param size bytes of each buffer
     * @param maxIdle how many buffers are kept while nobody has them
     */
    public BufferPool(int size, int maxIdle) {
        this.size = size;
        this.idle = new ArrayBlockingQueue<>(maxIdle);
    }

    /** A cleared buffer; the caller gives it back. */
    public ByteBuffer take() {
        ByteBuffer buffer = idle.poll();
        return buffer == null ? ByteBuffer.allocateDirect(size) : buffer.clear();
    }

    /** Takes a buffer back; nobody may use it any more. */
    public void give(ByteBuffer buffer) {
        idle.offer(buffer);
    }
}
