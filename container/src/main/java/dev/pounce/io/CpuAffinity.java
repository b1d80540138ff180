package dev.pounce.io;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Pins the calling platform thread to a processor, where the operating system is Linux. */
public final class CpuAffinity {
    private static final Logger LOG = LoggerFactory.getLogger(CpuAffinity.class);
    private static final int MASK_BYTES = 128;

    private CpuAffinity() {}

    /**
     * Pins the calling thread to the processor with this index among those that the process may
     * use, counted round. Elsewhere than on Linux, or when the kernel refuses, this is said in the
     * log and nothing changes.
     *
     * @return whether the thread is pinned
     */
    public static boolean pinTo(int index) {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            LOG.info("cpu_affinity has no effect on {}", System.getProperty("os.name"));
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle get = call("sched_getaffinity");
            MethodHandle set = call("sched_setaffinity");
            MemorySegment mask = arena.allocate(MASK_BYTES);
            int found = (int) get.invokeExact(0, (long) MASK_BYTES, mask);
            List<Integer> allowed = processors(mask);
            if (found != 0 || allowed.isEmpty()) {
                LOG.warn("cpu_affinity: the processors of this process cannot be read");
                return false;
            }
            int processor = allowed.get(index % allowed.size());
            mask.fill((byte) 0);
            mask.set(ValueLayout.JAVA_BYTE, processor / 8, (byte) (1 << processor % 8));
            int result = (int) set.invokeExact(0, (long) MASK_BYTES, mask);
            if (result != 0) {
                LOG.warn("cpu_affinity: processor {} was refused", processor);
            }
            return result == 0;
        } catch (Throwable e) {
            LOG.warn("cpu_affinity has no effect", e);
            return false;
        }
    }

    /** The processors that the calling thread may run on; empty when that is not known. */
    static List<Integer> current() throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES);
            int found = (int) call("sched_getaffinity").invokeExact(0, (long) MASK_BYTES, mask);
            return found == 0 ? processors(mask) : List.of();
        }
    }

    @SuppressWarnings("restricted") // the launcher enables native access
    private static MethodHandle call(String name) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.ADDRESS));
    }

    private static List<Integer> processors(MemorySegment mask) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < MASK_BYTES * 8; i++) {
            if ((mask.get(ValueLayout.JAVA_BYTE, i / 8) >> i % 8 & 1) != 0) {
                found.add(i);
            }
        }
        return found;
    }
}
