package dev.pounce.io;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Linux tells of the share that one thread has of the processors (proc_pid_schedstat(5),
 * proc_pid_stat(5)). It tells a thread that computes or waits for others from one that would run
 * and gets no processor. Thread-safe; what cannot be read is unknown.
 */
public final class ProcessorTime implements Lead.Share, AutoCloseable {
    private static final Path THREAD = Path.of("/proc/thread-self");
    private static final int MOST = 512;

    private final RandomAccessFile times;
    private final RandomAccessFile state;
    private final byte[] line = new byte[MOST];

    private ProcessorTime(RandomAccessFile times, RandomAccessFile state) {
        this.times = times;
        this.state = state;
    }

    /**
     * Of the calling thread. The files stay open until {@link #close}.
     *
     * @return null where the operating system does not tell
     */
    public static @Nullable ProcessorTime ofCurrentThread() {
        try {
            Path thread = Path.of("/proc").resolve(Files.readSymbolicLink(THREAD));
            RandomAccessFile times = open(thread.resolve("schedstat"));
            try {
                return new ProcessorTime(times, open(thread.resolve("stat")));
            } catch (IOException e) {
                times.close();
                return null;
            }
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    private static RandomAccessFile open(Path file) throws IOException {
        // a channel would be closed when an application interrupts the thread that reads
        return new RandomAccessFile(file.toFile(), "r");
    }

    /** How long the thread has run, in nanoseconds; negative when unknown. */
    @Override
    public synchronized long ranNanos() {
        return number(0);
    }

    /**
     * How long the thread would have run and had no processor, in nanoseconds, without the time for
     * which it does so now; 0 when unknown.
     */
    public synchronized long waitedNanos() {
        return Math.max(0, number(1));
    }

    /** Whether the thread runs or waits for a processor, and not for anything else. */
    @Override
    public synchronized boolean wouldRun() {
        int at = read(state) - 1;
        while (at >= 0 && line[at] != ')') {
            at--;
        }
        return at >= 0 && line[at + 2] == 'R';
    }

    /** A number of the line with the times; read from the bytes, for a watchdog asks often. */
    private long number(int index) {
        int length = read(times);
        int at = 0;
        for (int before = 0; before < index; before++) {
            while (at < length && line[at] != ' ') {
                at++;
            }
            at++;
        }
        long number = -1;
        for (; at < length && line[at] >= '0' && line[at] <= '9'; at++) {
            number = 10 * Math.max(0, number) + line[at] - '0';
        }
        return number;
    }

    /** Fills the line; returns its length, which is 0 when the thread has ended. */
    private int read(RandomAccessFile file) {
        try {
            file.seek(0);
            return Math.max(0, file.read(line));
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public synchronized void close() {
        for (RandomAccessFile file : new RandomAccessFile[] {times, state}) {
            try {
                file.close();
            } catch (IOException e) {
                // it was only read
            }
        }
    }
}
