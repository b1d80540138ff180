package dev.pounce.observe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bounded queue of records of bytes, from many threads to one, in memory that is allocated once.
 * Nobody ever waits: what does not fit is refused.
 *
 * <p>A record is claimed by moving the tail, filled, and published by its header, so that a reader
 * sees whole records only, in the order of their claims. A record does not wrap around: what is
 * left of the memory's end is skipped. The reader clears what it has read, for a header that is not
 * published has to be 0.
 */
final class RecordRing {
    /** Bytes in front of a record. */
    private static final int HEADER = 8;

    private static final int ALIGNMENT = 8;
    private static final VarHandle LENGTH =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final byte[] ZEROES = new byte[4 << 10];

    /** What {@link #claim} and {@link #next} return instead of a record's place. */
    static final int NONE = -1;

    private final ByteBuffer memory;
    private final int capacity;
    private final AtomicLong tail = new AtomicLong();
    private final AtomicLong head = new AtomicLong();

    /**
     * @param bytes the memory, which is rounded up to a power of two
     */
    RecordRing(int bytes) {
        capacity = Integer.highestOneBit(Math.max(bytes, 2) - 1) << 1;
        memory =
                ByteBuffer.allocateDirect(capacity + ALIGNMENT)
                        .alignedSlice(ALIGNMENT)
                        .order(ByteOrder.nativeOrder());
    }

    /** The memory, for absolute access to what was claimed or is being read. */
    ByteBuffer memory() {
        return memory;
    }

    /**
     * Claims room for a record. Any thread, which has to {@link #publish} at once: later records
     * are not seen before.
     *
     * @param length in bytes
     * @return where the record is in the memory, or {@link #NONE} when it does not fit
     */
    int claim(int length) {
        int size = size(length);
        while (true) {
            long from = tail.get();
            int offset = offset(from);
            int toEnd = capacity - offset;
            int skipped = size > toEnd ? toEnd : 0;
            long to = from + skipped + size;
            if (to - head.get() > capacity) {
                return NONE;
            }
            if (tail.compareAndSet(from, to)) {
                if (skipped > 0) {
                    LENGTH.setRelease(memory, offset, -skipped);
                    offset = 0;
                }
                return offset + HEADER;
            }
        }
    }

    /** Publishes a record that was claimed with this length. */
    void publish(int at, int length) {
        LENGTH.setRelease(memory, at - HEADER, length);
    }

    /** Whether more than half of the memory is taken. Any thread. */
    boolean isHalfFull() {
        return tail.get() - head.get() > capacity / 2;
    }

    /** All that was claimed so far, as a position that {@link #isReadUpTo} understands. */
    long claimed() {
        return tail.get();
    }

    /** Whether everything up to a position was read. */
    boolean isReadUpTo(long position) {
        return head.get() >= position;
    }

    /** Where the oldest record is, or {@link #NONE} when none is published. The reader only. */
    int next() {
        long from = head.get();
        int length = (int) LENGTH.getAcquire(memory, offset(from));
        if (length < 0) {
            clear(offset(from), HEADER);
            from -= length;
            head.set(from);
            length = (int) LENGTH.getAcquire(memory, offset(from));
        }
        return length == 0 ? NONE : offset(from) + HEADER;
    }

    /** The length of the record that {@link #next} found. The reader only. */
    int length(int at) {
        return memory.getInt(at - HEADER);
    }

    /** Gives the oldest record's room back. The reader only. */
    void remove(int at) {
        int size = size(length(at));
        clear(at - HEADER, size);
        head.set(head.get() + size);
    }

    private void clear(int from, int length) {
        for (int done = 0; done < length; done += ZEROES.length) {
            memory.put(from + done, ZEROES, 0, Math.min(ZEROES.length, length - done));
        }
    }

    private int offset(long position) {
        return (int) position & capacity - 1;
    }

    private static int size(int length) {
        return HEADER + length + ALIGNMENT - 1 & -ALIGNMENT;
    }
}
