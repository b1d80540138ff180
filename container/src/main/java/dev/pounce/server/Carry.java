package dev.pounce.server;

import dev.pounce.protocol.ProtocolException;
import dev.pounce.protocol.RequestHead;
import dev.pounce.protocol.RequestParser;

import java.util.Arrays;

/**
 * Received bytes that wait for a later turn of their connection. Has no memory where there are
 * none. Used by the thread that leads the connection's worker only.
 */
final class Carry {
    private static final byte[] EMPTY = {};

    private byte[] bytes = EMPTY;
    private int length;

    int length() {
        return length;
    }

    /** The bytes of memory that are held. */
    int held() {
        return bytes.length;
    }

    void add(byte[] from, int start, int count) {
        if (count == 0) {
            return;
        }
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, length == 0 ? count : (length + count) * 2);
        }
        System.arraycopy(from, start, bytes, length, count);
        length += count;
    }

    /** Becomes what an exchange has left over. */
    void set(byte[] rest) {
        bytes = rest;
        length = rest.length;
    }

    void clear() {
        set(EMPTY);
    }

    /**
     * Reads what is there as a request's head.
     *
     * @throws ProtocolException when it cannot be one; the target has what could be read
     */
    void parse(RequestParser parser, RequestHead target) throws ProtocolException {
        parser.parse(bytes, 0, length, target);
    }

    /** Moves all to the beginning of the target and returns how much it was. */
    int take(byte[] target) {
        int taken = length;
        System.arraycopy(bytes, 0, target, 0, taken);
        clear();
        return taken;
    }
}
