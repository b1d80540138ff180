package dev.pounce.observe;

import dev.pounce.encoding.ContentCoding;
import dev.pounce.exchange.Exchange;
import dev.pounce.exchange.RequestIds;
import dev.pounce.exchange.Response;
import dev.pounce.protocol.RequestHead;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the access log has to know of a request, as bytes in a {@link RecordRing}: written by the
 * thread that ends the exchange, which makes no object but for a user's name, and read by the one
 * that writes lines.
 *
 * <p>A record is a row of numbers and behind it the texts, as the client sent them.
 */
final class RequestRecord {
    private static final int RECEIVED = 0;
    private static final int DURATION = 8;
    private static final int WRITTEN = 16;
    private static final int SENT = 24;
    private static final int CONNECTION = 32;
    private static final int NUMBER = 40;
    private static final int STATUS = 44;
    private static final int WORKER = 46;
    private static final int CODING = 48;
    private static final int FLAGS = 49;
    private static final int TARGET_FROM = 50;
    private static final int TARGET_TO = 52;
    private static final int LENGTHS = 54;

    /** The texts, in the order in which they are kept. */
    enum Text {
        /** The request line, as far as it is known. */
        LINE(8 << 10),
        CLIENT(64),
        REFERER(2 << 10),
        USER_AGENT(1 << 10),
        /** Empty where the server itself names the request. */
        REQUEST_ID(128),
        /** The user's name in UTF-8. */
        USER(256),
        /** The host that was asked for, without its port; empty where a server has one only. */
        HOST(255),
        ROUTE(512);

        /** What is longer is cut. */
        private final int max;

        Text(int max) {
            this.max = max;
        }
    }

    private static final byte[] NOBODY = {};
    private static final Text[] TEXTS = Text.values();
    private static final int FIXED = LENGTHS + 2 * TEXTS.length;

    /** A length says with this bit that the text was longer. */
    private static final int CUT = 1 << 15;

    private static final ContentCoding[] CODINGS = ContentCoding.values();
    private static final int ABORTED = 1;
    private static final int SLOW = 2;

    private final RequestIds ids;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int at;

    /**
     * @param ids how the server names requests
     */
    RequestRecord(RequestIds ids) {
        this.ids = ids;
    }

    // --- writing -------------------------------------------------------------------------------

    /**
     * Puts a request into the ring. Any thread that owns the exchange.
     *
     * @param status what the log says, which is not always what the client was told
     * @param hosts whether the host that was asked for is of interest
     * @return false when it does not fit
     */
    static boolean put(
            RecordRing ring,
            RequestIds ids,
            Exchange exchange,
            int status,
            long nanos,
            boolean slow,
            boolean hosts) {
        RequestHead head = exchange.request();
        byte[] source = head.bytes();
        byte[] client = exchange.connection().remoteText();
        String route = exchange.route();
        String name = exchange.user();
        byte[] user = name == null ? NOBODY : name.getBytes(StandardCharsets.UTF_8);
        int referer = head.indexOf("Referer");
        int agent = head.indexOf("User-Agent");
        int id = ids.trustedField(head);
        int host = hosts ? head.hostStart() : -1;

        int lineStart = head.lineStart();
        int lineLength = lineLength(source, lineStart, head.lineEnd());
        int line = kept(Text.LINE, lineLength);
        int address = kept(Text.CLIENT, client.length);
        int refererLength = kept(Text.REFERER, valueLength(head, referer));
        int agentLength = kept(Text.USER_AGENT, valueLength(head, agent));
        int idLength = kept(Text.REQUEST_ID, valueLength(head, id));
        int userLength = kept(Text.USER, user.length);
        int hostLength = kept(Text.HOST, host < 0 ? 0 : head.hostEnd() - host);
        int routeLength = kept(Text.ROUTE, route == null ? 0 : route.length());
        int length =
                FIXED
                        + size(line)
                        + size(address)
                        + size(refererLength)
                        + size(agentLength)
                        + size(idLength)
                        + size(userLength)
                        + size(hostLength)
                        + 2 * size(routeLength);
        int record = ring.claim(length);
        if (record == RecordRing.NONE) {
            return false;
        }
        ByteBuffer to = ring.memory();
        Response response = exchange.response();
        to.putLong(record + RECEIVED, exchange.clock().receivedNanos());
        to.putLong(record + DURATION, nanos);
        to.putLong(record + WRITTEN, response.written());
        to.putLong(record + SENT, response.sent());
        to.putLong(record + CONNECTION, exchange.connection().id());
        to.putInt(record + NUMBER, exchange.requestNumber());
        to.putShort(record + STATUS, (short) status);
        to.putShort(record + WORKER, (short) exchange.connection().worker());
        to.put(record + CODING, (byte) response.coding().ordinal());
        boolean aborted = response.isAborted();
        to.put(record + FLAGS, (byte) ((aborted ? ABORTED : 0) | (slow ? SLOW : 0)));
        to.putShort(record + TARGET_FROM, index(head.targetStart() - lineStart));
        to.putShort(record + TARGET_TO, index(head.targetEnd() - lineStart));
        int end = record + FIXED;
        end = text(to, record, end, Text.LINE, line, source, lineStart);
        end = text(to, record, end, Text.CLIENT, address, client, 0);
        end = text(to, record, end, Text.REFERER, refererLength, source, valueStart(head, referer));
        end = text(to, record, end, Text.USER_AGENT, agentLength, source, valueStart(head, agent));
        end = text(to, record, end, Text.REQUEST_ID, idLength, source, valueStart(head, id));
        end = text(to, record, end, Text.USER, userLength, user, 0);
        end = text(to, record, end, Text.HOST, hostLength, source, Math.max(0, host));
        route(to, record, end, routeLength, route);
        ring.publish(record, length);
        return true;
    }

    /** A head that could not be parsed may know of more than a line. */
    private static int lineLength(byte[] source, int from, int to) {
        for (int i = from; i < to; i++) {
            if (source[i] == '\r' || source[i] == '\n') {
                return i - from;
            }
        }
        return to - from;
    }

    /** Where a line is cut is far below the largest number that a record keeps. */
    private static short index(int inLine) {
        return (short) Math.min(inLine, 0xffff);
    }

    private static int valueLength(RequestHead head, int field) {
        return field < 0 ? 0 : head.valueEnd(field) - head.valueStart(field);
    }

    private static int valueStart(RequestHead head, int field) {
        return field < 0 ? 0 : head.valueStart(field);
    }

    private static int kept(Text text, int length) {
        return length > text.max ? text.max | CUT : length;
    }

    private static int size(int kept) {
        return kept & ~CUT;
    }

    private static int text(
            ByteBuffer to, int record, int at, Text text, int kept, byte[] source, int from) {
        to.putShort(record + LENGTHS + 2 * text.ordinal(), (short) kept);
        to.put(at, source, from, size(kept));
        return at + size(kept);
    }

    /** A route is the application's text, in the ring as UTF-16. */
    private static void route(ByteBuffer to, int record, int at, int kept, @Nullable String route) {
        to.putShort(record + LENGTHS + 2 * Text.ROUTE.ordinal(), (short) kept);
        for (int i = 0; route != null && i < size(kept); i++) {
            to.putChar(at + 2 * i, route.charAt(i));
        }
    }

    // --- reading -------------------------------------------------------------------------------

    /** Reads the record at a place of the ring's memory from now on. */
    void read(ByteBuffer from, int place) {
        bytes = from;
        at = place;
    }

    /** When the request was received, as the server's clock for deadlines counts. */
    long receivedNanos() {
        return bytes.getLong(at + RECEIVED);
    }

    long durationNanos() {
        return bytes.getLong(at + DURATION);
    }

    /** Bytes of content before coding. */
    long written() {
        return bytes.getLong(at + WRITTEN);
    }

    /** Bytes of content after coding. */
    long sent() {
        return bytes.getLong(at + SENT);
    }

    /** The status; 0 when the client was told none. */
    int status() {
        return bytes.getShort(at + STATUS);
    }

    int worker() {
        return bytes.getShort(at + WORKER);
    }

    ContentCoding coding() {
        return CODINGS[bytes.get(at + CODING)];
    }

    boolean isAborted() {
        return (bytes.get(at + FLAGS) & ABORTED) != 0;
    }

    boolean isSlow() {
        return (bytes.get(at + FLAGS) & SLOW) != 0;
    }

    /** How many times smaller coding made the content; 0 where there is no coding. */
    double ratio() {
        boolean coded = coding() != ContentCoding.IDENTITY && sent() > 0;
        return coded ? (double) written() / sent() : 0;
    }

    /** Whether the request line was read as far as its target. */
    boolean hasTarget() {
        return targetTo() > targetFrom();
    }

    int targetFrom() {
        return Math.min(bytes.getShort(at + TARGET_FROM) & 0xffff, length(Text.LINE));
    }

    int targetTo() {
        return Math.min(bytes.getShort(at + TARGET_TO) & 0xffff, length(Text.LINE));
    }

    /** The bytes of a text, or the characters of the route. */
    int length(Text text) {
        return size(lengthField(text));
    }

    /** Whether a text was longer. */
    boolean isCut(Text text) {
        return (lengthField(text) & CUT) != 0;
    }

    private int lengthField(Text text) {
        return bytes.getShort(at + LENGTHS + 2 * text.ordinal()) & 0xffff;
    }

    /** A byte of a text, 0 to 255. */
    int byteOf(Text text, int index) {
        return bytes.get(start(text) + index) & 0xff;
    }

    /** A character of the route. */
    char routeChar(int index) {
        return bytes.getChar(start(Text.ROUTE) + 2 * index);
    }

    private int start(Text text) {
        int start = at + FIXED;
        for (Text each : TEXTS) {
            if (each == text) {
                return start;
            }
            start += length(each);
        }
        throw new IllegalArgumentException(text.name());
    }

    /** Appends what names the request. */
    void requestId(LineBuffer to) {
        int length = length(Text.REQUEST_ID);
        if (length == 0) {
            to.room(ids.maxLength());
            to.end(
                    ids.put(
                            to.bytes(),
                            to.length(),
                            bytes.getLong(at + CONNECTION),
                            bytes.getInt(at + NUMBER)));
            return;
        }
        for (int i = 0; i < length; i++) {
            to.put(byteOf(Text.REQUEST_ID, i));
        }
    }
}
