package dev.pounce.io;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Keeps the buffers that came back last for whoever takes and gives them all the time, so that no
 * other thread's cache has to be asked each time. Used by one owner.
 */
public final class NearBuffers implements Buffers {
    /** What a response holds at a time: its content, and what an encoder makes of it. */
    private static final int MOST = 2;

    private final Buffers pool;
    private final @Nullable ByteBuffer[] kept = new ByteBuffer[MOST];
    private int count;

    /**
     * @param pool where the buffers are from, and where those go that are too many
     */
    public NearBuffers(Buffers pool) {
        this.pool = pool;
    }

    @Override
    public ByteBuffer take() {
        if (count > 0) {
            ByteBuffer last = kept[--count];
            if (last != null) {
                kept[count] = null;
                return last.clear();
            }
        }
        return pool.take();
    }

    @Override
    public void give(ByteBuffer buffer) {
        if (count < MOST) {
            kept[count++] = buffer;
        } else {
            pool.give(buffer);
        }
    }

    /** Gives back what is kept. */
    public void empty() {
        while (count > 0) {
            pool.give(take());
        }
    }
}
