package dev.pounce.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * How busy the machine is with other things: caches and cores that are shared make a request
 * dearer.
 */
final class MachineLoad {

    private static final Path STAT = Path.of("/proc/stat");
    private static final int IDLE = 3;
    private static final int WAITING_FOR_DISKS = 4;
    private static final int STOLEN = 7;
    private static final double QUIET = 0.05;

    private MachineLoad() {}

    /** Watches the machine for a second; the share of its CPU time that was used, 0 to 1. */
    static double measure() throws InterruptedException {
        try {
            String before = Files.readString(STAT);
            TimeUnit.SECONDS.sleep(1);
            return share(before, Files.readString(STAT));
        } catch (IOException e) {
            throw new BenchmarkException(STAT + " cannot be read", e);
        }
    }

    /** The used share of the time between two readings of {@code /proc/stat} (proc_stat(5)). */
    static double share(String before, String after) {
        long[] start = times(before);
        long[] end = times(after);
        long total = LongStream.of(end).sum() - LongStream.of(start).sum();
        long idle = end[IDLE] + end[WAITING_FOR_DISKS] - start[IDLE] - start[WAITING_FOR_DISKS];
        return total == 0 ? 0 : (double) (total - idle) / total;
    }

    /** The first line sums up all cores; guest times after "stolen" are in the others already. */
    private static long[] times(String stat) {
        String[] fields = stat.lines().findFirst().orElse("").split(" +");
        return Arrays.stream(fields).skip(1).limit(STOLEN + 1).mapToLong(Long::parseLong).toArray();
    }

    /** A line for the report. */
    static String describe(double before, double after) {
        return String.format(
                Locale.ROOT,
                "Busy with other things: %.0f %% before, %.0f %% after%s",
                100 * before,
                100 * after,
                Math.max(before, after) > QUIET
                        ? " (not quiet: the figures are higher than they should be)"
                        : "");
    }
}
