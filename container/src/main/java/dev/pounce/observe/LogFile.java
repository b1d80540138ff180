package dev.pounce.observe;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A file to which lines are appended, and the files that it was before: {@code access.log.1} the
 * newest of them. Used by one thread.
 */
final class LogFile {
    private final Path path;
    private final ZoneId zone;
    private final int keep;
    private @Nullable FileChannel channel;
    private long size;
    private LocalDate day = LocalDate.EPOCH;
    private boolean regular;

    /**
     * @param zone where a day begins
     * @param keep how many old files there may be
     */
    LogFile(Path path, ZoneId zone, int keep) {
        this.path = path;
        this.zone = zone;
        this.keep = keep;
    }

    /** Opens the file, making it and its folder, unless it is open. */
    void open() throws IOException {
        if (channel != null) {
            return;
        }
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        FileChannel opened =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        channel = opened;
        size = opened.size();
        regular = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
        day = dayOf(Files.getLastModifiedTime(path).toInstant());
    }

    /** The bytes that the open file has. */
    long size() {
        return size;
    }

    /** Whether the open file can be put aside: a pipe or a device stays where it is. */
    boolean isRotated() {
        return regular;
    }

    /** Whether the open file has lines of another day. */
    boolean isOfAnotherDay(Instant now) {
        return regular && size > 0 && !day.equals(dayOf(now));
    }

    private LocalDate dayOf(Instant time) {
        return LocalDate.ofInstant(time, zone);
    }

    /**
     * Appends whole lines to the open file. When this throws the file has none of them, as far as
     * it can still be changed.
     */
    void append(byte[] lines, int length, Instant now) throws IOException {
        FileChannel to = java.util.Objects.requireNonNull(channel);
        ByteBuffer rest = ByteBuffer.wrap(lines, 0, length);
        try {
            while (rest.hasRemaining()) {
                to.write(rest);
            }
        } catch (IOException e) {
            takeBack(to, rest.position());
            throw e;
        }
        size += length;
        day = dayOf(now);
    }

    /** A disk that is full may have taken the first part of a line. */
    private static void takeBack(FileChannel from, int written) {
        try {
            if (written > 0) {
                from.truncate(Math.max(0, from.size() - written));
            }
        } catch (IOException e) {
            // the failure that is thrown on says enough
        }
    }

    /** Puts the file aside and opens a new one. */
    void rotate() throws IOException {
        close();
        for (int number = keep; Files.deleteIfExists(old(number)); number++) {
            // all that are too many, which more than one are after the setting was changed
        }
        for (int number = keep - 1; number >= 1; number--) {
            if (Files.exists(old(number))) {
                Files.move(old(number), old(number + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (keep > 0 && Files.exists(path)) {
            Files.move(path, old(1), StandardCopyOption.REPLACE_EXISTING);
        }
        open();
    }

    /** The name of an old file; that of the file itself for 0, so that none is kept. */
    private Path old(int number) {
        return number == 0 ? path : path.resolveSibling(path.getFileName() + "." + number);
    }

    /** Closes the file; {@link #open} opens what is at its path then. */
    void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // what was written was taken; nothing is kept back here
            }
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
