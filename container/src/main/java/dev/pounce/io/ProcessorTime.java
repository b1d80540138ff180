package dev.pounce.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
        String text = read(state);
        int afterName = text.lastIndexOf(')') + 2;
        return afterName < text.length() && text.charAt(afterName) == 'R';
    }

    private long number(int index) {
        String[] numbers = read(times).strip().split(" ");
        try {
            return index < numbers.length ? Long.parseLong(numbers[index]) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private String read(RandomAccessFile file) {
        try {
            file.seek(0);
            int length = file.read(line);
            return new String(line, 0, Math.max(0, length), ISO_8859_1);
        } catch (IOException e) {
            return ""; // the thread has ended
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
