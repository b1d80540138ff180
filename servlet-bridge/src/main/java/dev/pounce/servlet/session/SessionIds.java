package dev.pounce.servlet.session;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Makes ids that cannot be guessed: 144 random bits as 24 characters of base64url, which need no
 * encoding in cookies and URLs. Thread-safe.
 */
final class SessionIds {
    private static final int BYTES = 18;
    private static final int MOST_GENERATORS = 16;

    /**
     * Several, because each has a lock: DRBG instances share no state, unlike those that read the
     * system's device.
     */
    private final SecureRandom[] generators;

    SessionIds() {
        int wanted = Math.min(MOST_GENERATORS, Runtime.getRuntime().availableProcessors());
        int powerOfTwo = Integer.highestOneBit(2 * wanted - 1);
        generators = new SecureRandom[powerOfTwo];
        for (int i = 0; i < generators.length; i++) {
            generators[i] = generator();
        }
    }

    private static SecureRandom generator() {
        try {
            return SecureRandom.getInstance("DRBG");
        } catch (NoSuchAlgorithmException e) {
            // Only a run-time image without the provider SUN lacks it.
            return new SecureRandom();
        }
    }

    String next() {
        int index = (int) Thread.currentThread().threadId() & (generators.length - 1);
        byte[] bytes = new byte[BYTES];
        generators[index].nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
