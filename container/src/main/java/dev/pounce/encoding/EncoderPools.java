package dev.pounce.encoding;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The encoder pools of a server: the one for exchanges that begin now, and those of earlier
 * settings, which live until the last exchange that began with them has ended. Thread-safe.
 */
public final class EncoderPools implements AutoCloseable {

    /**
     * Whoever may still borrow from an earlier pool holds it; what nobody holds has nothing out.
     */
    private final Set<EncoderPool> all = Collections.newSetFromMap(new WeakHashMap<>());

    private final AtomicLong refused = new AtomicLong();
    private @Nullable EncoderPool current;
    private long memory;
    private List<EncoderSettings> settings = List.of();

    /**
     * The pool for these settings: the current one, or a new one that replaces it.
     *
     * @param bound on the native memory of all contexts of the pool, in bytes
     * @param wanted all settings that bodies are encoded with
     */
    public synchronized EncoderPool of(long bound, List<EncoderSettings> wanted) {
        EncoderPool pool = current;
        if (pool != null && bound == memory && wanted.equals(settings)) {
            return pool;
        }
        EncoderPool replacement = new EncoderPool(bound, refused);
        all.add(replacement);
        current = replacement;
        memory = bound;
        settings = List.copyOf(wanted);
        if (pool != null) {
            pool.retire();
        }
        return replacement;
    }

    /** Encoders out at the moment, of all pools. */
    public synchronized int lent() {
        return all.stream().mapToInt(EncoderPool::lent).sum();
    }

    /** Encoders that were refused so far, by all pools. */
    public long refused() {
        return refused.get();
    }

    /** Native memory of all contexts of all pools, in bytes; see {@link EncoderPool#bytesHeld}. */
    public synchronized long bytesHeld() {
        return all.stream().mapToLong(EncoderPool::bytesHeld).sum();
    }

    /** Closes every pool. */
    @Override
    public synchronized void close() {
        all.forEach(EncoderPool::close);
    }
}
