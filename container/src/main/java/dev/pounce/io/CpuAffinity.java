package dev.pounce.io;

import org.jspecify.annotations.Nullable;
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

/** Pins platform threads to processors, where the operating system is Linux. */
public final class CpuAffinity {
    private static final Logger LOG = LoggerFactory.getLogger(CpuAffinity.class);
    private static final int MASK_BYTES = 128;

    private final int threadId;
    private final byte[] before;

    private CpuAffinity(int threadId, byte[] before) {
        this.threadId = threadId;
        this.before = before;
    }

    /**
     * Pins the calling thread to the processor with this index among those that it may use, counted
     * round. Elsewhere than on Linux, or when the kernel refuses, this is said in the log and
     * nothing changes.
     *
     * @return what takes it back, or null when the thread is not pinned
     */
    public static @Nullable CpuAffinity pinTo(int index) {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            LOG.info("cpu_affinity has no effect on {}", System.getProperty("os.name"));
            return null;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES);
            int found = (int) Native.GET.invokeExact(0, (long) MASK_BYTES, mask);
            List<Integer> allowed = processors(mask);
            if (found < 0 || allowed.isEmpty()) {
                LOG.warn("cpu_affinity: the processors of this process cannot be read");
                return null;
            }
            byte[] before = mask.toArray(ValueLayout.JAVA_BYTE);
            int processor = allowed.get(index % allowed.size());
            mask.fill((byte) 0);
            mask.set(ValueLayout.JAVA_BYTE, processor / 8, (byte) (1 << processor % 8));
            int result = (int) Native.SET.invokeExact(0, (long) MASK_BYTES, mask);
            if (result != 0) {
                LOG.warn("cpu_affinity: processor {} was refused", processor);
                return null;
            }
            return new CpuAffinity((int) Native.THREAD_ID.invokeExact(), before);
        } catch (Throwable e) {
            LOG.warn("cpu_affinity has no effect", e);
            return null;
        }
    }

    /**
     * Lets the thread run on the processors again that it had before. Any thread may call it while
     * that thread lives.
     */
    public void release() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocateFrom(ValueLayout.JAVA_BYTE, before);
            int result = (int) Native.SET.invokeExact(threadId, (long) MASK_BYTES, mask);
            if (result != 0) {
                LOG.warn("cpu_affinity: thread {} stays pinned", threadId);
            }
        } catch (Throwable e) {
            LOG.warn("cpu_affinity: thread {} stays pinned", threadId, e);
        }
    }

    /** The processors that the calling thread may run on; empty when that is not known. */
    static List<Integer> current() throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocate(MASK_BYTES);
            int found = (int) Native.GET.invokeExact(0, (long) MASK_BYTES, mask);
            return found < 0 ? List.of() : processors(mask);
        }
    }

    /** The functions of the C library; made once, for making one takes milliseconds. */
    private static final class Native {
        static final MethodHandle GET = affinity("sched_getaffinity");
        static final MethodHandle SET = affinity("sched_setaffinity");
        static final MethodHandle THREAD_ID =
                call("gettid", FunctionDescriptor.of(ValueLayout.JAVA_INT));

        private static MethodHandle affinity(String name) {
            return call(
                    name,
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.ADDRESS));
        }

        @SuppressWarnings("restricted") // the launcher enables native access
        private static MethodHandle call(String name, FunctionDescriptor type) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
        }
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
