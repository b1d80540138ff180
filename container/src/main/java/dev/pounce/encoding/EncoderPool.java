package dev.pounce.encoding;

import org.jspecify.annotations.Nullable;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Lends encoders whose native contexts are used again, and bounds the native memory of all of them
 * in bytes. Idle contexts count too; where they are in the way of one of the other coding, they are
 * destroyed. Every encoder is a new object, so a stale one cannot touch its context's next body.
 *
 * <p>Thread-safe and lock-free; no method waits.
 */
public final class EncoderPool implements AutoCloseable {

    /** The contexts of one coding. */
    private record Shelf<C extends NativeContext>(
            long contextBytes, Supplier<C> create, Deque<C> idle) {

        Shelf(long contextBytes, Supplier<C> create) {
            this(contextBytes, create, new ConcurrentLinkedDeque<>());
        }
    }

    private final long bound;
    private final Shelf<GzipContext> gzip;
    private final Shelf<ZstdContext> zstd;
    private final AtomicLong bytesHeld = new AtomicLong();
    private final AtomicInteger lent = new AtomicInteger();
    private final AtomicLong refused;
    private volatile boolean retired;
    private volatile boolean closed;

    public EncoderPool(EncoderSettings settings) {
        this(settings, new AtomicLong());
    }

    /**
     * @param refused counts what is refused
     */
    EncoderPool(EncoderSettings settings, AtomicLong refused) {
        this.refused = refused;
        bound = settings.memory();
        gzip = new Shelf<>(GzipContext.BYTES, () -> new GzipContext(settings));
        zstd =
                new Shelf<>(
                        ZstdMemory.contextBytes(settings.zstdLevel(), settings.zstdWindowLog()),
                        () -> new ZstdContext(settings));
    }

    /**
     * An encoder for one body, to be closed by the borrower whatever becomes of the body.
     *
     * @return null when the memory bound is reached or the pool is closed; counted in {@link
     *     #refused}
     * @throws IllegalArgumentException for identity, which needs no encoder
     */
    public @Nullable BodyEncoder borrow(ContentCoding coding) {
        return switch (coding) {
            case GZIP -> {
                GzipContext context = take(gzip, zstd);
                yield context == null ? null : new GzipEncoder(context, this);
            }
            case ZSTD -> {
                ZstdContext context = take(zstd, gzip);
                yield context == null ? null : new ZstdEncoder(context, this);
            }
            case IDENTITY -> throw new IllegalArgumentException("identity has no encoder");
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

    void giveBack(GzipContext context, boolean sound) {
        giveBack(context, sound, gzip);
    }

    void giveBack(ZstdContext context, boolean sound) {
        giveBack(context, sound, zstd);
    }

    private <C extends NativeContext> @Nullable C take(Shelf<C> shelf, Shelf<?> other) {
        C context = closed ? null : shelf.idle.pollFirst();
        if (context == null && !closed && reserve(shelf.contextBytes, other)) {
            context = create(shelf);
        }
        if (context == null) {
            refused.incrementAndGet();
        } else {
            lent.incrementAndGet();
        }
        return context;
    }

    private <C extends NativeContext> C create(Shelf<C> shelf) {
        boolean created = false;
        try {
            C context = shelf.create.get();
            created = true;
            return context;
        } finally {
            if (!created) {
                bytesHeld.addAndGet(-shelf.contextBytes);
            }
        }
    }

    /** Counts {@code bytes} as held where the bound allows it, at the cost of the other shelf. */
    private boolean reserve(long bytes, Shelf<?> other) {
        while (true) {
            long held = bytesHeld.get();
            if (held + bytes <= bound) {
                if (bytesHeld.compareAndSet(held, held + bytes)) {
                    return true;
                }
            } else if (!destroyOneIdle(other)) {
                return false;
            }
        }
    }

    private <C extends NativeContext> void giveBack(C context, boolean sound, Shelf<C> shelf) {
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
        while (destroyOneIdle(gzip) || destroyOneIdle(zstd)) {
            // Until both shelves are empty.
        }
    }

    private <C extends NativeContext> boolean destroyOneIdle(Shelf<C> shelf) {
        C context = shelf.idle.pollLast();
        if (context == null) {
            return false;
        }
        destroy(context, shelf);
        return true;
    }

    private void destroy(NativeContext context, Shelf<?> shelf) {
        context.destroy();
        bytesHeld.addAndGet(-shelf.contextBytes);
    }
}
