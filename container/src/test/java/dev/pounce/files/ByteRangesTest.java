package dev.pounce.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

class ByteRangesTest {
    private static final int SIZE = 1_000;
    private static final int MAX = 5;

    /** Against a set with a bit for each byte. */
    @Test
    void whatIsSentIsWhatIsAskedForAndTheGapsThatAreCheaperToSend() {
        int sent = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            List<String> specs = new ArrayList<>();
            BitSet wanted = new BitSet(SIZE);
            int overlapping = 0;
            for (int n = 1 + random.nextInt(MAX); n > 0; n--) {
                int first = random.nextInt(SIZE + 100);
                int last = first + random.nextInt(300);
                BitSet asked = new BitSet(SIZE);
                asked.set(Math.min(first, SIZE), Math.min(last + 1, SIZE));
                overlapping += asked.intersects(wanted) ? 1 : 0;
                wanted.or(asked);
                specs.add(first + "-" + last);
            }
            ByteRanges ranges =
                    ByteRanges.of(List.of("bytes=" + String.join(",", specs)), SIZE, MAX);
            assertNotNull(ranges);
            if (ranges.list().isEmpty()) {
                assertTrue(wanted.isEmpty() || overlapping > 0, "refused: " + specs);
                continue;
            }
            sent++;
            assertPartsOf(wanted, ranges.list(), specs);
        }
        assertTrue(sent > 10_000, "only " + sent + " were not refused");
    }

    private static void assertPartsOf(BitSet wanted, List<ByteRange> parts, List<String> specs) {
        BitSet given = new BitSet(SIZE);
        for (ByteRange part : parts) {
            int first = (int) part.first();
            int last = (int) part.last();
            assertTrue(first <= last && last < SIZE, part + " of " + specs);
            assertTrue(wanted.get(first) && wanted.get(last), part + " of " + specs);
            assertEquals(0, given.get(first, last + 1).cardinality(), "twice: " + specs);
            given.set(first, last + 1);
        }
        BitSet more = (BitSet) given.clone();
        more.andNot(wanted);
        given.and(wanted);
        assertEquals(wanted, given, () -> "missing: " + specs);
        for (int gap = more.nextSetBit(0);
                gap >= 0;
                gap = more.nextSetBit(more.nextClearBit(gap))) {
            int length = more.nextClearBit(gap) - gap;
            assertTrue(length < 80, "a gap of " + length + " in " + specs);
        }
    }

    @Test
    void positionsBeyondEveryNumberDoNotOverflow() {
        long size = Long.MAX_VALUE;
        for (String spec :
                List.of("0-" + size, "0-99999999999999999999", "-" + size, "-" + "9".repeat(30))) {
            ByteRanges ranges = ByteRanges.of(List.of("bytes=" + spec), size, MAX);
            assertNotNull(ranges);
            assertEquals(List.of(new ByteRange(0, size - 1)), ranges.list(), spec);
        }
    }
}
