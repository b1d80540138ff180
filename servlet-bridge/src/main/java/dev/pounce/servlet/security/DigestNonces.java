package dev.pounce.servlet.security;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The nonces of DIGEST (RFC 7616 section 5.4). One that was handed out costs no memory: it carries
 * its time, its number and a code that only this object can make. Memory is kept only for those
 * that proved a user, and it is bounded: when one has to be forgotten, all that were handed out
 * before it are stale, so that no request is ever accepted twice. Thread-safe.
 */
final class DigestNonces {
    private static final String MAC = "HmacSHA256";
    private static final int CODE_BYTES = 16;
    private static final int BYTES = 2 * Long.BYTES + CODE_BYTES;

    private final InstantSource clock;
    private final long validMillis;
    private final int capacity;
    private final SecretKeySpec key;
    private final AtomicLong numbers = new AtomicLong();

    /** By number. Guarded by itself, as is what follows. */
    private final TreeMap<Long, Used> used = new TreeMap<>();

    private long forgotten;

    /**
     * @param valid how long a nonce can be used
     * @param capacity of how many the counts are kept
     */
    DigestNonces(InstantSource clock, Duration valid, int capacity) {
        this.clock = clock;
        this.validMillis = valid.toMillis();
        this.capacity = capacity;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        key = new SecretKeySpec(random, MAC);
    }

    /** Which counts of a nonce were used. Bit n is for the n-th below the highest. */
    private static final class Used {
        private static final int KEPT = Long.SIZE;

        private final long made;
        private long highest;
        private long seen;

        Used(long made) {
            this.made = made;
        }

        boolean use(long count) {
            if (count > highest) {
                long ahead = count - highest;
                seen = ahead >= KEPT ? 0 : seen << ahead;
                highest = count;
            }
            long below = highest - count;
            long bit = below >= KEPT ? 0 : 1L << below;
            if (bit == 0 || (seen & bit) != 0) {
                return false;
            }
            seen |= bit;
            return true;
        }
    }

    /** A new nonce. */
    String next() {
        ByteBuffer nonce = ByteBuffer.allocate(BYTES);
        nonce.putLong(clock.millis()).putLong(numbers.incrementAndGet());
        nonce.put(code(nonce.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce.array());
    }

    private byte[] code(byte[] nonce) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update(nonce, 0, 2 * Long.BYTES);
            return Arrays.copyOf(mac.doFinal(), CODE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }

    /**
     * Uses a nonce for a request that has proved a user.
     *
     * @param count the nonce count, from 1
     * @return false when it was used with that count, is too old or is not from here
     */
    boolean use(String nonce, long count) {
        byte[] bytes = decode(nonce);
        if (bytes == null || count < 1) {
            return false;
        }
        ByteBuffer parts = ByteBuffer.wrap(bytes);
        long made = parts.getLong();
        long number = parts.getLong();
        long now = clock.millis();
        if (now - made > validMillis) {
            return false;
        }
        synchronized (used) {
            Used counts = used.get(number);
            if (counts == null) {
                if (number <= forgotten) {
                    return false;
                }
                counts = new Used(made);
                used.put(number, counts);
                forget(now);
            }
            return counts.use(count);
        }
    }

    private byte @Nullable [] decode(String nonce) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(nonce);
            boolean ours =
                    bytes.length == BYTES
                            && MessageDigest.isEqual(
                                    code(bytes), Arrays.copyOfRange(bytes, 2 * Long.BYTES, BYTES));
            return ours ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void forget(long now) {
        while (used.size() > capacity || now - used.firstEntry().getValue().made > validMillis) {
            forgotten = Math.max(forgotten, used.pollFirstEntry().getKey());
        }
    }

    /** Of how many nonces the counts are kept. */
    int size() {
        synchronized (used) {
            return used.size();
        }
    }
}
