package dev.pounce.testing;

import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.TreeMap;

/**
 * Runs a property over generated inputs. Each input has a seed of its own, which a failure names;
 * {@code -Dpounce.fuzz.seed=N -Dpounce.fuzz.inputs=1} runs that input again. The Maven profile
 * {@code long} sets the number of inputs to a million.
 */
public final class Fuzz {
    private static final int INPUTS = Integer.getInteger("pounce.fuzz.inputs", 20_000);
    private static final long SEED = Long.getLong("pounce.fuzz.seed", System.nanoTime());

    private final String name;
    private final long maxAllocated;
    private final int inputs;
    private final TreeMap<String, Integer> outcomes = new TreeMap<>();

    /**
     * @param name for the report
     * @param maxAllocated bytes of heap that one input may allocate
     */
    public Fuzz(String name, long maxAllocated) {
        this(name, maxAllocated, 1);
    }

    /**
     * @param share for inputs that take long: only one of so many is run
     */
    public Fuzz(String name, long maxAllocated, int share) {
        this.name = name;
        this.maxAllocated = maxAllocated;
        this.inputs = Math.max(1, INPUTS / share);
    }

    /** Checks one input. */
    @FunctionalInterface
    public interface Property {

        /**
         * Generates an input and checks it.
         *
         * @return what kind of outcome it had, for the count
         */
        String check(Random random) throws Exception;
    }

    /** Runs all inputs. */
    public void run(Property property) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long begin = System.nanoTime();
        for (int i = 0; i < inputs; i++) {
            long seed = SEED + i;
            long before = threads.getCurrentThreadAllocatedBytes();
            String outcome;
            try {
                outcome = property.check(new Random(seed));
            } catch (Exception | Error e) {
                throw new AssertionError(name + " failed; again with " + flags(seed), e);
            }
            outcomes.merge(outcome, 1, Integer::sum);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            if (allocated > maxAllocated) {
                throw new AssertionError(
                        name + " allocated " + allocated + " bytes; again with " + flags(seed));
            }
        }
        long millis = (System.nanoTime() - begin) / 1_000_000;
        System.out.println(
                "fuzz " + name + ": " + inputs + " inputs in " + millis + " ms: " + outcomes);
    }

    /**
     * Asserts that outcomes of a kind were not the exception: a generator that reaches nothing
     * would show nothing.
     *
     * @param percent of all inputs, at least
     */
    public void assertShare(String outcome, int percent) {
        int count = outcomes.getOrDefault(outcome, 0);
        if (inputs >= 1000 && count * 100L < (long) inputs * percent) {
            throw new AssertionError(
                    name + ": only " + count + " of " + inputs + " inputs were " + outcome);
        }
    }

    private static String flags(long seed) {
        return "-Dpounce.fuzz.seed=" + seed + " -Dpounce.fuzz.inputs=1";
    }
}
