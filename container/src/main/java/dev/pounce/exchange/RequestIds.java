package dev.pounce.exchange;

import dev.pounce.protocol.Characters;
import dev.pounce.protocol.RequestHead;

import java.nio.charset.StandardCharsets;

/**
 * How requests are named: by a word for this run of the server, the connection's number and the
 * request's number on it; or as the client does, where that is trusted. Immutable.
 */
public final class RequestIds {
    /** The field that has a request's identifier, of both requests and responses. */
    public static final String FIELD = "X-Request-Id";

    private static final int MAX_LENGTH = 128;
    private static final int MAX_DIGITS = 20;

    private final byte[] run;
    private final boolean trusted;
    private final boolean sent;

    /**
     * @param run a word that no other run of the server has
     * @param trusted whether an identifier that the client sent is taken
     * @param sent whether responses carry the identifier
     */
    public RequestIds(String run, boolean trusted, boolean sent) {
        this.run = run.getBytes(StandardCharsets.US_ASCII);
        this.trusted = trusted;
        this.sent = sent;
    }

    /** Whether responses carry the identifier. */
    boolean isSent() {
        return sent;
    }

    /** The field line whose value names a request, or -1 when the server names it. */
    public int trustedField(RequestHead request) {
        if (!trusted) {
            return -1;
        }
        int index = request.indexOf(FIELD);
        return index >= 0 && isToken(request, index) ? index : -1;
    }

    private static boolean isToken(RequestHead request, int index) {
        int from = request.valueStart(index);
        int to = request.valueEnd(index);
        for (int i = from; i < to; i++) {
            if (!Characters.isToken(request.bytes()[i])) {
                return false;
            }
        }
        return to > from && to - from <= MAX_LENGTH;
    }

    /** The name that the server gives. */
    public String text(long connection, int number) {
        byte[] bytes = new byte[maxLength()];
        return new String(bytes, 0, put(bytes, 0, connection, number), StandardCharsets.US_ASCII);
    }

    /** The bytes that {@link #put} needs at most. */
    public int maxLength() {
        return run.length + 2 + 2 * MAX_DIGITS;
    }

    /** Writes the name that the server gives; returns where it ends. */
    public int put(byte[] target, int at, long connection, int number) {
        System.arraycopy(run, 0, target, at, run.length);
        int end = at + run.length;
        target[end] = '-';
        end = putNumber(target, end + 1, connection);
        target[end] = '-';
        return putNumber(target, end + 1, number);
    }

    private static int putNumber(byte[] target, int at, long number) {
        int end = at + 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            end++;
        }
        long rest = number;
        for (int i = end - 1; i >= at; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return end;
    }
}
