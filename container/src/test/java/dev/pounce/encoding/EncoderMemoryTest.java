package dev.pounce.encoding;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pounce.encoding.BodyEncoder.Directive;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

/** What contexts take of glibc's heap, which counts what it has given, against what is charged. */
@EnabledOnOs(OS.LINUX)
class EncoderMemoryTest {
    private static final int CONTEXTS = 400;
    private static final long CONTEXTS_BYTES = 96L << 20;

    /** Bytes that may be charged for nothing: the fixed state is not the same on all platforms. */
    private static final long LEFT_OVER = 4 << 10;

    /** Whatever else the JVM allocates meanwhile, it does not do so every time. */
    private static final int ROUNDS = 30;

    /** Fields of {@code struct mallinfo2}. */
    private static final int FIELDS = 10;

    private static final int MAPPED = 4;
    private static final int USED = 7;

    private static List<EncoderProfile> profiles() {
        List<EncoderProfile> profiles = new ArrayList<>();
        profiles.add(EncoderProfile.gzip(1));
        profiles.add(EncoderProfile.gzip(9));
        for (int level : new int[] {1, 2, 3, 5, 6, 9}) {
            for (int windowLog : new int[] {10, 11, 12, 13, 14, 16, 17, 20}) {
                profiles.add(EncoderProfile.zstd(level, windowLog));
            }
        }
        return profiles;
    }

    @Test
    void aContextTakesWhatItIsChargedAtMostAndHardlyLess() throws Throwable {
        assumeTrue(Allocated.COUNTER != null, "no glibc 2.33");
        List<String> wrong = new ArrayList<>();
        for (EncoderProfile profile : profiles()) {
            long charged = profile.contextBytes();
            long taken = 0;
            for (int round = 0; round < ROUNDS && !isHonest(taken, charged); round++) {
                taken = taken(profile);
            }
            String line =
                    String.format(
                            Locale.ROOT,
                            "%s level %d window 2^%d: takes %,d, is charged %,d",
                            profile.coding(),
                            profile.level(),
                            profile.windowLog(),
                            taken,
                            charged);
            System.out.println(line);
            if (!isHonest(taken, charged)) {
                wrong.add(line);
            }
        }
        assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
    }

    private static boolean isHonest(long taken, long charged) {
        return taken <= charged && charged <= taken + LEFT_OVER;
    }

    /** Bytes of one context that has begun to encode: all of its memory is taken by then. */
    private static long taken(EncoderProfile profile) throws Throwable {
        ByteBuffer text = text(1_000);
        ByteBuffer out = ByteBuffer.allocateDirect(64 << 10);
        int count = (int) Math.clamp(CONTEXTS_BYTES / profile.contextBytes(), 4, CONTEXTS);
        try (EncoderPool pool = new EncoderPool(Long.MAX_VALUE)) {
            long before = Allocated.bytes();
            List<BodyEncoder> encoders =
                    Stream.generate(() -> pool.borrow(profile))
                            .map(Objects::requireNonNull)
                            .limit(count)
                            .toList();
            for (BodyEncoder encoder : encoders) {
                text.rewind();
                while (!encoder.encode(text, out, Directive.FLUSH)) {
                    out.clear();
                }
                out.clear();
            }
            long after = Allocated.bytes();
            encoders.forEach(BodyEncoder::close);
            return (after - before) / count;
        }
    }

    private static ByteBuffer text(int length) {
        ByteBuffer text = ByteBuffer.allocateDirect(length);
        Random random = new Random(1);
        while (text.hasRemaining()) {
            text.put((byte) ('a' + random.nextInt(20)));
        }
        return text;
    }

    private static final class Allocated {
        private static final MethodHandle COUNTER = counter();

        private Allocated() {}

        @SuppressWarnings({"restricted", "NullAway"}) // null says that there is none
        private static MethodHandle counter() {
            Linker linker = Linker.nativeLinker();
            return linker.defaultLookup()
                    .find("mallinfo2")
                    .map(
                            symbol ->
                                    linker.downcallHandle(
                                            symbol,
                                            FunctionDescriptor.of(
                                                    MemoryLayout.structLayout(
                                                            MemoryLayout.sequenceLayout(
                                                                    FIELDS,
                                                                    ValueLayout.JAVA_LONG)))))
                    .orElse(null);
        }

        static long bytes() throws Throwable {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment info = (MemorySegment) COUNTER.invokeExact((SegmentAllocator) arena);
                return info.getAtIndex(ValueLayout.JAVA_LONG, USED)
                        + info.getAtIndex(ValueLayout.JAVA_LONG, MAPPED);
            }
        }
    }
}
