package dev.pounce.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The CPU time of processes on Linux, from {@code /proc/<pid>/stat} (proc_pid_stat(5)): user and
 * system time of all threads, those that have ended too.
 *
 * @param microsPerTick the unit of the file
 */
record CpuTime(double microsPerTick) {

    /** Fields are counted from 1 in the manual; the first two go up to the last parenthesis. */
    private static final int FIRST_AFTER_NAME = 3;

    private static final int USER_TIME = 14;
    private static final int SYSTEM_TIME = 15;

    /** The clock of this machine. */
    static CpuTime ofThisMachine() {
        String ticks = Machine.output("getconf", "CLK_TCK");
        try {
            return new CpuTime(1e6 / Integer.parseInt(ticks));
        } catch (NumberFormatException e) {
            throw new BenchmarkException(
                    "getconf CLK_TCK gave '" + ticks + "': CPU times can be read on Linux only", e);
        }
    }

    /**
     * The CPU time that a process has used, in microseconds.
     *
     * @throws BenchmarkException when it is gone
     */
    double of(long pid) {
        try {
            return micros(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
        } catch (IOException e) {
            throw new BenchmarkException("The CPU time of process " + pid + " cannot be read", e);
        }
    }

    /** The CPU time in a line of that file; the process's name in it may hold anything. */
    double micros(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        long ticks =
                Long.parseLong(fields[USER_TIME - FIRST_AFTER_NAME])
                        + Long.parseLong(fields[SYSTEM_TIME - FIRST_AFTER_NAME]);
        return ticks * microsPerTick;
    }
}
