package dev.pounce.observe;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Gathers lines and appends them to a {@link LogFile}, which it rotates. While that fails lines are
 * lost and counted; it is tried again after a while. Used by one thread.
 */
final class LineWriter {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final int BATCH = 32 << 10;

    /** How long a file that cannot be written is left alone. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private enum State {
        /** The last write succeeded, or nothing was written yet. */
        WORKING,
        /** The last write failed, and was logged. */
        FAILED
    }

    private final LogFile file;
    private final long maxSize;
    private final boolean daily;
    private final Clock wall;
    private final LongSupplier nanos;
    private final Counters counters;
    private final LineBuffer buffer = new LineBuffer();
    private State state = State.WORKING;
    private long failedAt;
    private long lostSince;
    private int lines;

    /**
     * @param maxSize bytes above which the file is rotated, or 0
     * @param daily whether it is rotated when the day changes
     * @param nanos for the time between two tries
     */
    LineWriter(
            LogFile file,
            long maxSize,
            boolean daily,
            Clock wall,
            LongSupplier nanos,
            Counters counters) {
        this.file = file;
        this.maxSize = maxSize;
        this.daily = daily;
        this.wall = wall;
        this.nanos = nanos;
        this.counters = counters;
    }

    /** Where the next line is to be put. */
    LineBuffer buffer() {
        return buffer;
    }

    /** A line was put into the buffer. */
    void lineEnded() {
        lines++;
        if (buffer.length() >= BATCH) {
            write();
        }
    }

    /** Writes the lines that were gathered. */
    void write() {
        if (lines == 0) {
            return;
        }
        if (state == State.FAILED && nanos.getAsLong() - failedAt < RETRY_NANOS) {
            lose();
            return;
        }
        try {
            file.open();
            if (daily && file.isOfAnotherDay(wall.instant())) {
                file.rotate();
            }
            while (buffer.length() > 0) {
                writeUntilFull();
            }
            lines = 0;
            recovered();
        } catch (IOException e) {
            failed(e);
            lose();
        }
    }

    /** Writes as many lines as the file may have; at least one. */
    private void writeUntilFull() throws IOException {
        int end = buffer.length();
        if (maxSize > 0 && file.isRotated() && file.size() + end > maxSize) {
            int count = 0;
            int to = 0;
            int line = lineEnd(0);
            while (file.size() + line <= maxSize || file.size() == 0 && to == 0) {
                to = line;
                count++;
                line = lineEnd(to);
            }
            append(to, count);
            if (buffer.length() > 0) {
                file.rotate();
            }
            return;
        }
        append(end, lines);
    }

    private int lineEnd(int from) {
        int at = from;
        while (at < buffer.length() && buffer.bytes()[at] != '\n') {
            at++;
        }
        return at < buffer.length() ? at + 1 : Integer.MAX_VALUE;
    }

    private void append(int length, int count) throws IOException {
        if (count == 0) {
            return;
        }
        file.append(buffer.bytes(), length, wall.instant());
        buffer.removeBefore(length);
        lines -= count;
        counters.linesWritten(count);
    }

    private void lose() {
        counters.linesLost(lines);
        lostSince += lines;
        lines = 0;
        buffer.removeBefore(buffer.length());
    }

    private void failed(IOException e) {
        file.close();
        failedAt = nanos.getAsLong();
        if (state == State.WORKING) {
            state = State.FAILED;
            LOG.error(
                    "the access log {} cannot be written, lines are lost until it can: {}",
                    file,
                    e.toString());
        }
    }

    private void recovered() {
        if (state == State.FAILED) {
            state = State.WORKING;
            LOG.warn("the access log {} is written again; {} lines were lost", file, lostSince);
            lostSince = 0;
        }
    }

    /** Opens the file before there is a line, so that what is wrong with it is said early. */
    void open() {
        try {
            file.open();
        } catch (IOException e) {
            failed(e);
        }
    }

    /** Opens what is at the file's path now, with the next lines at the latest. */
    void reopen() {
        file.close();
        failedAt = nanos.getAsLong() - RETRY_NANOS;
        open();
    }

    void close() {
        file.close();
    }
}
