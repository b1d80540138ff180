package dev.pounce.servlet.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** RFC 7616 section 5: nonces are good once for each count, for a while. */
class DigestNoncesTest {
    private static final int CAPACITY = 3;

    private Instant now = Instant.ofEpochSecond(1_000_000);
    private final DigestNonces nonces =
            new DigestNonces(() -> now, Duration.ofMinutes(5), CAPACITY);

    @Test
    void eachCountIsGoodOnceInAnyOrder() {
        String nonce = nonces.next();
        for (long count : new long[] {1, 2, 5, 4, 3, 70, 64, 69}) {
            assertTrue(nonces.use(nonce, count), "first " + count);
            assertFalse(nonces.use(nonce, count), "again " + count);
        }
        for (long used : new long[] {1, 2, 3, 4, 5, 6}) {
            assertFalse(nonces.use(nonce, used), "too far below " + used);
        }
        assertTrue(nonces.use(nonce, 7), "just within reach");
        assertTrue(nonces.use(nonce, 0xffff_ffffL));
        assertFalse(nonces.use(nonce, 70));
        assertFalse(nonces.use(nonce, 0));
    }

    @Test
    void anOldNonceIsNotGoodAndCostsNoMemory() {
        String nonce = nonces.next();
        now = now.plus(Duration.ofMinutes(5));
        assertTrue(nonces.use(nonce, 1));
        now = now.plusMillis(1);
        assertFalse(nonces.use(nonce, 2));
        assertTrue(nonces.use(nonces.next(), 1));
        assertEquals(1, nonces.size());
    }

    @Test
    void aNonceThatWasForgottenIsNotGoodAgain() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 2 * CAPACITY; i++) {
            all.add(nonces.next());
        }
        for (String each : all) {
            assertTrue(nonces.use(each, 1));
        }
        assertEquals(CAPACITY, nonces.size());
        for (String each : all) {
            assertFalse(nonces.use(each, 1), "a replay");
        }
        assertFalse(nonces.use(all.get(CAPACITY - 1), 2), "what was forgotten");
        assertTrue(nonces.use(all.get(CAPACITY), 2), "what is known");
    }

    @Test
    void aNonceOfSomebodyElseIsNotGood() {
        String nonce = nonces.next();
        String other = new DigestNonces(() -> now, Duration.ofMinutes(5), 1).next();
        char last = nonce.charAt(3) == 'A' ? 'B' : 'A';
        String changed = nonce.substring(0, 3) + last + nonce.substring(4);
        for (String each : new String[] {other, changed, "", "?", nonce + "A", "AAAA"}) {
            assertFalse(nonces.use(each, 1), each);
        }
        assertEquals(0, nonces.size());
    }

    @Test
    @Timeout(60)
    void ofManyThreadsThatUseOneCountOneSucceeds() throws Exception {
        String nonce = nonces.next();
        for (int count = 1; count <= 200; count++) {
            int current = count;
            AtomicInteger successes = new AtomicInteger();
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(
                        Thread.startVirtualThread(
                                () -> {
                                    try {
                                        start.await();
                                    } catch (InterruptedException e) {
                                        return;
                                    }
                                    if (nonces.use(nonce, current)) {
                                        successes.incrementAndGet();
                                    }
                                }));
            }
            start.countDown();
            for (Thread each : threads) {
                each.join();
            }
            assertEquals(1, successes.get(), "count " + count);
        }
    }
}
