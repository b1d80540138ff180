package dev.pounce.encoding;

import java.lang.management.ManagementFactory;

/** Counts heap bytes that the current thread allocates. */
final class Allocations {

    private static final int ROUNDS = 30;

    private Allocations() {}

    /**
     * The fewest bytes that one of several runs of {@code batch} allocated. What the code allocates
     * it allocates in every run; what the virtual machine adds while it compiles, it does not.
     */
    static long fewest(Runnable batch) {
        var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long fewest = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = thread.getCurrentThreadAllocatedBytes();
            batch.run();
            fewest = Math.min(fewest, thread.getCurrentThreadAllocatedBytes() - before);
        }
        return fewest;
    }
}
