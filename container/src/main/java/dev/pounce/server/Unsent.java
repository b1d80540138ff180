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

    private sealed interface Part {}

    private record Bytes(ByteBuffer buffer) implements Part {}

    private record OfFile(FileRest rest) implements Part {}

    private final Deque<Part> parts = new ArrayDeque<>();
    private int length;

    /** Bytes that are kept in memory. */
    int length() {
        return length;
    }

    /** Copies bytes behind what is kept already. */
    void add(ByteBuffer rest) {
        if (rest.hasRemaining()) {
            length += rest.remaining();
            parts.add(new Bytes(ByteBuffer.allocate(rest.remaining()).put(rest).flip()));
        }
    }

    /** Puts the rest of a file behind what is kept already, and lets it go in the end. */
    void add(FileRest rest) {
        parts.add(new OfFile(rest));
    }

    /**
     * Writes what the socket takes; returns whether nothing is left.
     *
     * @throws java.io.EOFException when a file has become shorter
     */
    boolean writeTo(Transport transport) throws IOException {
        for (Part part = parts.peek(); part != null; part = parts.peek()) {
            boolean whole =
                    switch (part) {
                        case Bytes bytes -> write(bytes.buffer, transport);
                        case OfFile file -> file.rest.sendTo(transport) && file.rest.length() == 0;
                    };
            if (!whole) {
                return false;
            }
            parts.remove();
            release(part);
        }
        return true;
    }

    private boolean write(ByteBuffer bytes, Transport transport) throws IOException {
        while (bytes.hasRemaining()) {
            int size = Math.min(bytes.remaining(), SLICE);
            int count = (int) transport.write(bytes.slice(bytes.position(), size));
            if (count == 0) {
                return false;
            }
            bytes.position(bytes.position() + count);
            length -= count;
        }
        return true;
    }

    /** Drops what is left. */
    void drop() {
        parts.forEach(Unsent::release);
        parts.clear();
        length = 0;
    }

    private static void release(Part part) {
        if (part instanceof OfFile file) {
            file.rest.release();
        }
    }
}
