package dev.pounce.server;

import dev.pounce.io.Transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** The part of answers given in place that the socket did not take. Used by the worker only. */
final class Unsent {
    /** The JDK copies heap memory to write it; a slice keeps that copy small. */
    private static final int SLICE = 64 << 10;

    private final Deque<ByteBuffer> parts = new ArrayDeque<>();
    private int length;

    /** Bytes that are kept. */
    int length() {
        return length;
    }

    /** Copies bytes behind those that are kept already. */
    void add(ByteBuffer rest) {
        if (rest.hasRemaining()) {
            length += rest.remaining();
            parts.add(ByteBuffer.allocate(rest.remaining()).put(rest).flip());
        }
    }

    /** Writes what the socket takes; returns whether nothing is left. */
    boolean writeTo(Transport transport) throws IOException {
        for (ByteBuffer part = parts.peek(); part != null; part = parts.peek()) {
            int size = Math.min(part.remaining(), SLICE);
            int count = (int) transport.write(part.slice(part.position(), size));
            if (count == 0) {
                return false;
            }
            part.position(part.position() + count);
            length -= count;
            if (!part.hasRemaining()) {
                parts.remove();
            }
        }
        return true;
    }
}
