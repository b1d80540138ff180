package dev.pounce.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

@Timeout(60)
class RecordRingTest {

    @Test
    void whatDoesNotFitIsRefusedUntilThereIsRoom() {
        RecordRing ring = new RecordRing(64);
        for (int i = 0; i < 4; i++) {
            put(ring, i, 8);
        }
        assertEquals(RecordRing.NONE, ring.claim(1));
        assertEquals(0, take(ring));
        assertEquals(RecordRing.NONE, ring.claim(9));
        put(ring, 4, 8);
        assertEquals(List.of(1, 2, 3, 4), List.of(take(ring), take(ring), take(ring), take(ring)));
        assertEquals(RecordRing.NONE, ring.next());
    }

    @Test
    void aRecordThatWouldWrapAroundBeginsAtTheBeginning() {
        RecordRing ring = new RecordRing(64);
        put(ring, 0, 40);
        assertEquals(0, take(ring));
        put(ring, 1, 30);
        assertEquals(1, take(ring));
        assertTrue(ring.isReadUpTo(ring.claimed()));
    }

    @Test
    void aRecordThatIsNotPublishedHoldsBackThoseBehindIt() {
        RecordRing ring = new RecordRing(64);
        int first = ring.claim(8);
        put(ring, 2, 8);
        assertEquals(RecordRing.NONE, ring.next());
        ring.memory().putInt(first, 1);
        ring.publish(first, 8);
        assertEquals(List.of(1, 2), List.of(take(ring), take(ring)));
    }

    /** Many writers, records of all lengths, a ring that is nearly always full. */
    @RepeatedTest(3)
    void recordsOfManyThreadsComeWholeAndInTheOrderOfEachThread() throws Exception {
        int writers = 4;
        int each = 5_000;
        RecordRing ring = new RecordRing(1024);
        List<Thread> threads = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            byte mark = (byte) (writer + 1);
            threads.add(Thread.ofPlatform().start(() -> write(ring, mark, each)));
        }
        int[] next = new int[writers + 1];
        for (int read = 0; read < writers * each; ) {
            int at = ring.next();
            if (at == RecordRing.NONE) {
                Thread.yield();
                continue;
            }
            int length = ring.length(at);
            byte mark = ring.memory().get(at + 4);
            for (int i = 4; i < length; i++) {
                if (ring.memory().get(at + i) != mark) {
                    fail("record " + read + " is torn");
                }
            }
            assertEquals(next[mark]++, ring.memory().getInt(at));
            ring.remove(at);
            read++;
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(RecordRing.NONE, ring.next());
    }

    private static void write(RecordRing ring, byte mark, int count) {
        Random random = new Random(mark);
        for (int number = 0; number < count; number++) {
            int length = 5 + random.nextInt(200);
            int at = ring.claim(length);
            while (at == RecordRing.NONE) {
                Thread.yield();
                at = ring.claim(length);
            }
            ring.memory().putInt(at, number);
            for (int i = 4; i < length; i++) {
                ring.memory().put(at + i, mark);
            }
            ring.publish(at, length);
        }
    }

    private static void put(RecordRing ring, int value, int length) {
        int at = ring.claim(length);
        ring.memory().putInt(at, value);
        ring.publish(at, length);
    }

    private static int take(RecordRing ring) {
        int at = ring.next();
        int value = ring.memory().getInt(at);
        ring.remove(at);
        return value;
    }
}
