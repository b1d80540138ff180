package dev.pounce.bench.app;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * A slow request: it uses 20 ms of CPU time, whatever else runs on the machine.
 *
 * <p>The clock is that of the thread of the system (clock_gettime(2)), for the JDK has none for
 * virtual threads. Nothing here lets a virtual thread go to another carrier.
 */
public final class Burn {

    /** What a request uses. */
    public static final long MICROS = 20_000;

    /** What is answered then. */
    public static final String ANSWER = "burned\n";

    private static final int CLOCK_THREAD_CPUTIME_ID = 3;
    private static final int STEPS_BETWEEN_LOOKS = 5_000;

    @SuppressWarnings("restricted") // native access is enabled for all peers
    private static final MethodHandle CLOCK_GETTIME =
            Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker()
                                    .defaultLookup()
                                    .find("clock_gettime")
                                    .orElseThrow(),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS));

    private Burn() {}

    /** Uses the time; returns {@link #ANSWER}. */
    public static String answer() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment timespec = arena.allocate(ValueLayout.JAVA_LONG, 2);
            long end = threadNanos(timespec) + MICROS * 1_000;
            long number = 88_172_645_463_325_252L;
            while (threadNanos(timespec) < end) {
                number = steps(number);
            }
            // xorshift never comes to 0, which only we know: the loop has to be run
            return number == 0 ? "" : ANSWER;
        }
    }

    private static long steps(long from) {
        long number = from;
        for (int i = 0; i < STEPS_BETWEEN_LOOKS; i++) {
            number ^= number << 13;
            number ^= number >>> 7;
            number ^= number << 17;
        }
        return number;
    }

    private static long threadNanos(MemorySegment timespec) {
        int result;
        try {
            result = (int) CLOCK_GETTIME.invokeExact(CLOCK_THREAD_CPUTIME_ID, timespec);
        } catch (Throwable e) {
            throw new IllegalStateException("clock_gettime cannot be called", e);
        }
        if (result != 0) {
            throw new IllegalStateException("clock_gettime knows no CPU time of threads here");
        }
        return timespec.getAtIndex(ValueLayout.JAVA_LONG, 0) * 1_000_000_000
                + timespec.getAtIndex(ValueLayout.JAVA_LONG, 1);
    }
}
