package dev.pounce.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * An open file that several may send at a time: it is closed when the last one has let it go.
 * Whoever makes it is the first. Thread-safe.
 */
public final class SharedFile implements Closeable {
    private final FileChannel channel;
    private int users = 1; // guarded by this
    private volatile boolean warm;

    /**
     * @param channel an open file, which is closed by this object only
     */
    public SharedFile(FileChannel channel) {
        this.channel = channel;
    }

    /** The file. Who reads it gives positions, so nobody moves that of the channel. */
    public FileChannel channel() {
        return channel;
    }

    /** One more uses the file, and will {@link #close} it; false when it is closed already. */
    public synchronized boolean retain() {
        if (users == 0) {
            return false;
        }
        users++;
        return true;
    }

    /** All of the file was read a short while ago, so that the system is likely to have it. */
    public void warm() {
        warm = true;
    }

    /** Whether sending the file is not likely to wait for the disk. */
    public boolean isWarm() {
        return warm;
    }

    /** Lets the file go. To be called once by each that uses it. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (users == 0 || --users > 0) {
                return;
            }
        }
        channel.close();
    }
}
