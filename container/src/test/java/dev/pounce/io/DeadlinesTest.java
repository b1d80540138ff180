package dev.pounce.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

class DeadlinesTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final AtomicLong clock = new AtomicLong();
    private final Deadlines deadlines = new Deadlines(clock::get);
    private final List<String> expired = new ArrayList<>();

    private final class Named extends Deadline {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        protected void expired(long now) {
            expired.add(name + " at " + now / MILLI);
        }
    }

    private void runUntil(long millis) {
        clock.set(millis * MILLI);
        deadlines.update();
        deadlines.run();
    }

    @Test
    void aDeadlineExpiresOnceAndNotBeforeItsTime() {
        new Named("a").set(deadlines, 1000 * MILLI);
        runUntil(999);
        assertEquals(List.of(), expired);
        runUntil(1050);
        runUntil(2000);
        assertEquals(List.of("a at 1050"), expired);
    }

    @Test
    void oneThatWasMovedEarlierIsNotFoundAtItsOldTime() {
        Deadline a = new Named("a");
        a.set(deadlines, 10_000 * MILLI);
        a.set(deadlines, 500 * MILLI);
        runUntil(550);
        assertEquals(List.of("a at 550"), expired);
    }

    @Test
    void oneThatWasMovedLaterAndThenEarlierIsFoundInTime() {
        Deadline a = new Named("a");
        a.set(deadlines, 300 * MILLI);
        a.set(deadlines, 20_000 * MILLI);
        a.set(deadlines, 5_000 * MILLI);
        for (int now = 0; now <= 5_000; now += 50) {
            runUntil(now);
        }
        assertEquals(List.of(), expired);
        runUntil(5_050);
        assertEquals(List.of("a at 5050"), expired);
    }

    @Test
    void oneBeyondTheWheelIsFoundInLaterRounds() {
        new Named("a").set(deadlines, 100_000 * MILLI);
        for (int now = 0; now <= 100_000; now += 1000) {
            runUntil(now);
        }
        assertEquals(List.of(), expired);
        runUntil(100_050);
        assertEquals(List.of("a at 100050"), expired);
    }

    @Test
    void oneThatIsCancelledLeavesNothingBehind() {
        Deadline a = new Named("a");
        a.set(deadlines, 100 * MILLI);
        a.cancel(deadlines);
        assertEquals(0, deadlines.sleepMillis());
        runUntil(1000);
        assertEquals(List.of(), expired);
    }

    @Test
    void whatWasDueWhenTheLeadWasLostIsRunByTheNextLeader() {
        for (int i = 0; i < 3; i++) {
            new Named("before " + i).set(deadlines, 100 * MILLI);
        }
        new Deadline() {
            @Override
            protected void expired(long now) {
                throw new LeadLostException();
            }
        }.set(deadlines, 100 * MILLI);
        for (int i = 0; i < 3; i++) {
            new Named("behind " + i).set(deadlines, 100 * MILLI);
        }
        new Named("later").set(deadlines, 200 * MILLI);
        assertThrows(LeadLostException.class, () -> runUntil(1000));
        deadlines.run();
        assertEquals(7, expired.size(), expired::toString);
    }

    @Test
    void everyDeadlineExpiresInItsTickHoweverItWasMoved() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        long[] due = new long[200];
        long[] seen = new long[due.length];
        Deadline[] all = new Deadline[due.length];
        for (int i = 0; i < all.length; i++) {
            int index = i;
            all[i] =
                    new Deadline() {
                        @Override
                        protected void expired(long now) {
                            seen[index] = now;
                        }
                    };
        }
        for (int now = 0; now < 120_000; now += 50) {
            for (int moves = random.nextInt(20); moves > 0 && now < 60_000; moves--) {
                int index = random.nextInt(all.length);
                due[index] = (now + random.nextInt(50_000)) * MILLI;
                seen[index] = 0;
                all[index].set(deadlines, due[index]);
            }
            runUntil(now);
        }
        for (int i = 0; i < all.length; i++) {
            long late = seen[i] - due[i];
            boolean inTime = due[i] == 0 || late >= 0 && late <= 150 * MILLI;
            assertEquals(true, inTime, "seed " + seed + ": " + late / MILLI + " ms late");
        }
        assertEquals(0, deadlines.sleepMillis());
    }
}
