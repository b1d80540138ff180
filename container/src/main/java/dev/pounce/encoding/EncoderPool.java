package dev.pounce.encoding;

import org.jspecify.annotations.Nullable;

import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lends encoders whose native contexts are used again, and bounds the native memory of all of them
 * in bytes. Idle contexts are kept by profile and count too; where they are in the way of one of
 * another profile, they are destroyed. Every encoder is a new object, so a stale one cannot touch
 * its context's next body.
 *
 * <p>Thread-safe; no method waits for anything but the making of a profile's shelf, once.
 */
public final class EncoderPool implements AutoCloseable {

    /** The contexts of one profile. */
    static final class Shelf {
        private final EncoderProfile profile;
        private final long contextBytes;
        private final Deque<NativeContext> idle = new ConcurrentLinkedDeque<>();

        Shelf(EncoderProfile profile) {
            this.profile = profile;
            this.contextBytes = profile.contextBytes();
        }
    }

    private final long bound;
    private final Map<EncoderProfile, Shelf> shelves = new ConcurrentHashMap<>();
    private final AtomicLong bytesHeld = new AtomicLong();
    private final AtomicInteger lent = new AtomicInteger();
    private final AtomicLong refused;
    private volatile boolean retired;
    private volatile boolean closed;

    /**
     * @param memory bound on the native memory of all contexts, lent and idle together, in bytes
     */
    public EncoderPool(long memory) {
        this(memory, new AtomicLong());
    }

    /**
     * @param refused counts what is refused
     */
    EncoderPool(long memory, AtomicLong refused) {
        if (memory < 0) {
            throw new IllegalArgumentException("memory is " + memory + ", want 0 or more bytes");
        }
        this.bound = memory;
        this.refused = refused;
    }

    /**
     * An encoder for one body, to be closed by the borrower whatever becomes of the body.
     *
     * @return null when the memory bound is reached or the pool is closed; counted in {@link
     *     #refused}
     */
    public @Nullable BodyEncoder borrow(EncoderProfile profile) {
        Shelf shelf = shelves.get(profile);
        if (shelf == null) {
            shelf = shelves.computeIfAbsent(profile, Shelf::new);
        }
        return switch (take(shelf)) {
            case GzipContext context -> new GzipEncoder(context, this, shelf);
            case ZstdContext context -> new ZstdEncoder(context, this, shelf);
            case null -> null;
        };
    }

    /** Encoders out at the moment: 0 when no response is being encoded. */
    public int lent() {
        return lent.get();
    }

    /** How often {@link #borrow} returned null. */
    public long refused() {
        return refused.get();
    }

    /**
     * Native memory of all contexts, lent and idle, in bytes: what they take at most, not what the
     * operating system has given them so far.
     */
    public long bytesHeld() {
        return bytesHeld.get();
    }

    /**
     * Keeps no idle context any more: each is freed when it comes back. Who has the pool may still
     * borrow.
     */
    void retire() {
        retired = true;
        destroyIdle();
    }

    /** Lends nothing more and frees the idle contexts; those that are lent are freed on return. */
    @Override
    public void close() {
        closed = true;
        destroyIdle();
    }

    private @Nullable NativeContext take(Shelf shelf) {
        NativeContext context = closed ? null : shelf.idle.pollFirst();
        if (context == null && !closed && reserve(shelf)) {
            context = create(shelf);
        }
        if (context == null) {
            refused.incrementAndGet();
        } else {
            lent.incrementAndGet();
        }
        return context;
    }

    private NativeContext create(Shelf shelf) {
        boolean created = false;
        try {
            NativeContext context = shelf.profile.newContext();
            created = true;
            return context;
        } finally {
            if (!created) {
                bytesHeld.addAndGet(-shelf.contextBytes);
            }
        }
    }

    /** Counts a context as held where the bound allows it, at the cost of the other shelves. */
    private boolean reserve(Shelf shelf) {
        while (true) {
            long held = bytesHeld.get();
            if (held + shelf.contextBytes <= bound) {
                if (bytesHeld.compareAndSet(held, held + shelf.contextBytes)) {
                    return true;
                }
            } else if (shelf.contextBytes > bound || !destroyOneIdle()) {
                return false;
            }
        }
    }

    /**
     * Takes a context back.
     *
     * @param sound whether it can be used again
     */
    void giveBack(NativeContext context, boolean sound, Shelf shelf) {
        lent.decrementAndGet();
        boolean reusable = false;
        try {
            if (sound) {
                context.reset();
                reusable = true;
            }
        } finally {
            if (reusable) {
                shelf.idle.addFirst(context);
            } else {
                destroy(context, shelf);
            }
        }
        if (closed || retired) {
            destroyIdle();
        }
    }

    private void destroyIdle() {
        while (destroyOneIdle()) {
            // Until all shelves are empty.
        }
    }

    private boolean destroyOneIdle() {
        for (Shelf shelf : shelves.values()) {
            NativeContext context = shelf.idle.pollLast();
            if (context != null) {
                destroy(context, shelf);
                return true;
            }
        }
        return false;
    }

    private void destroy(NativeContext context, Shelf shelf) {
        context.destroy();
        bytesHeld.addAndGet(-shelf.contextBytes);
    }
}
