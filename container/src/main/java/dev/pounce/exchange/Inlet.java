package dev.pounce.exchange;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Where the bytes of a request's content come from, still framed. Used by the exchange's owner
 * only.
 */
public interface Inlet {

    /**
     * The bytes that were received and not consumed yet; waits for some when there are none.
     *
     * @return a buffer with at least one byte, whose position the caller moves; null at the end of
     *     input
     */
    @Nullable ByteBuffer receive() throws IOException;

    /**
     * Whoever waits in {@link #receive} waits no longer, and nobody waits there again: an {@link
     * java.io.InterruptedIOException} is thrown instead. Any thread.
     */
    void cancel();

    /** How many received bytes wait, without waiting for more. */
    int available();
}
