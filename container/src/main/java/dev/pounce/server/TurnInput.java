package dev.pounce.server;

import dev.pounce.exchange.Exchange;
import dev.pounce.io.Transport;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.protocol.RequestHead;
import dev.pounce.protocol.RequestParser;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a turn has received and not consumed: the carry of a connection, and behind it what was read
 * from its socket. The memory belongs to the thread that leads, and is used again for the next
 * connection.
 */
final class TurnInput {
    private static final int RECEIVE_BYTES = 64 << 10;

    private final ByteBuffer receive = ByteBuffer.allocateDirect(RECEIVE_BYTES);
    private byte[] bytes;

    /** Where in {@link #bytes} begins what was received and not consumed. */
    private int position;

    /** Where it ends. */
    private int limit;

    TurnInput(int maxHead) {
        bytes = new byte[maxHead + RECEIVE_BYTES];
    }

    /** A carry may be from a time when the limits allowed more than this thread ever saw. */
    private void makeRoom(int length) {
        if (bytes.length < length) {
            bytes = new byte[length];
        }
    }

    /** Reads from a socket; as {@link Transport#read}. What came is to be taken next. */
    int read(Transport from) throws IOException {
        int count = from.read(receive.clear());
        receive.flip();
        return count;
    }

    /**
     * Takes what a connection carries and what was read.
     *
     * @return false when all is in the carry instead, since it is no more of a head than before
     */
    boolean take(Carry carry, RequestParser parser) {
        int carried = carry.length();
        int count = receive.remaining();
        if (carried > 0
                && !hasLineEnd(receive)
                && !exceedsALimit(parser, carried, carried + count)) {
            receive.get(bytes, 0, count);
            carry.add(bytes, 0, count);
            return false;
        }
        makeRoom(carried + count);
        position = 0;
        limit = carry.take(bytes);
        receive.get(bytes, limit, count);
        limit += count;
        return true;
    }

    /** Whether a head that grows from one length to another may have become too long. */
    private static boolean exceedsALimit(RequestParser parser, int from, int to) {
        int line = parser.maxRequestLine();
        return from <= line && to > line || to >= parser.maxHead();
    }

    /** Parsing an unfinished head again is worth it only when another of its lines is complete. */
    private static boolean hasLineEnd(ByteBuffer received) {
        for (int i = received.position(); i < received.limit(); i++) {
            if (received.get(i) == '\n') {
                return true;
            }
        }
        return false;
    }

    /** Takes what a connection carries. */
    void take(Carry carry) {
        makeRoom(carry.length());
        position = 0;
        limit = carry.take(bytes);
    }

    /**
     * Gives what was read to a collector, and takes what is behind its content.
     *
     * @return whether the content is complete
     */
    boolean takeBehind(ContentCollector collector) throws ProtocolException {
        if (!collector.take(receive)) {
            return false;
        }
        position = 0;
        limit = receive.remaining();
        receive.get(bytes, 0, limit);
        return true;
    }

    boolean isEmpty() {
        return position == limit;
    }

    /** How much there is behind the head that ends there. */
    int lengthBehind(int end) {
        return limit - end;
    }

    /** Reads a head; as {@link RequestParser#parse}. */
    int parse(RequestParser parser, RequestHead target) throws ProtocolException {
        return parser.parse(bytes, position, limit, target);
    }

    /** All before that was consumed. */
    void consumed(int to) {
        position = to;
    }

    /** Content of a request is consumed by its exchange. */
    void content(int from, int length, Exchange exchange) {
        position = from + length;
        if (length > 0) {
            exchange.content(bytes, from, position);
        }
    }

    /**
     * Gives what was received to a collector, which consumes content.
     *
     * @return whether the content is complete
     */
    boolean collect(ContentCollector collector) throws ProtocolException {
        ByteBuffer received = ByteBuffer.wrap(bytes, position, limit - position);
        boolean complete = collector.take(received);
        position = received.position();
        return complete;
    }

    /** The received bytes that nobody has consumed, for whoever consumes them instead. */
    byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, position, limit);
        position = limit;
        return rest;
    }

    /**
     * Leaves what was not consumed to a carry.
     *
     * @return whether it has anything now
     */
    boolean leave(Carry carry) {
        int at = RequestParser.behindEmptyLines(bytes, position, limit);
        carry.add(bytes, at, limit - at);
        return at < limit;
    }
}
