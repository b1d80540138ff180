package dev.pounce.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes response heads (RFC 9112 section 4) into a byte array that it reuses. Not thread-safe. */
public final class ResponseHeadWriter {
    private static final byte[][] STATUS_LINES = new byte[600][];
    private static final byte[] CONTENT_LENGTH = bytes("Content-Length: ");
    private static final byte[] CHUNKED = bytes("Transfer-Encoding: chunked\r\n");
    private static final byte[] CLOSE = bytes("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = bytes("Connection: keep-alive\r\n");

    static {
        for (int status = 100; status < STATUS_LINES.length; status++) {
            STATUS_LINES[status] =
                    bytes("HTTP/1.1 " + status + " " + ReasonPhrases.of(status) + "\r\n");
        }
    }

    private byte[] head = new byte[1024];
    private int length;

    /** Begins a head with its status line. */
    public void begin(int status) {
        length = 0;
        put(STATUS_LINES[status]);
    }

    /** Adds a line. The name and value must have been checked. */
    @SuppressWarnings("deprecation") // the only way from a Latin-1 string to bytes without garbage
    public void field(String name, String value) {
        int needed = name.length() + value.length() + 4;
        reserve(needed);
        name.getBytes(0, name.length(), head, length);
        length += name.length();
        head[length++] = ':';
        head[length++] = ' ';
        value.getBytes(0, value.length(), head, length);
        length += value.length();
        lineEnd();
    }

    /** Adds all lines of the fields. */
    public void fields(ResponseFields fields) {
        for (int i = 0; i < fields.size(); i++) {
            field(fields.name(i), fields.value(i));
        }
    }

    /** Adds lines that are already in wire form. */
    public void put(byte[] lines) {
        reserve(lines.length);
        System.arraycopy(lines, 0, head, length, lines.length);
        length += lines.length;
    }

    /** Adds Content-Length. */
    public void contentLength(long value) {
        put(CONTENT_LENGTH);
        reserve(22);
        length = decimal(value, head, length);
        lineEnd();
    }

    /** Adds Transfer-Encoding: chunked. */
    public void chunked() {
        put(CHUNKED);
    }

    /** Adds Connection: close. */
    public void connectionClose() {
        put(CLOSE);
    }

    /** Adds Connection: keep-alive, which HTTP/1.0 clients need to hear. */
    public void connectionKeepAlive() {
        put(KEEP_ALIVE);
    }

    /** Ends the head with the empty line. */
    public void end() {
        reserve(2);
        lineEnd();
    }

    /** The bytes of the head so far. */
    public int length() {
        return length;
    }

    /** Copies the head to the target, which must have room for {@link #length} bytes. */
    public void copyTo(ByteBuffer target) {
        target.put(head, 0, length);
    }

    private void lineEnd() {
        head[length++] = '\r';
        head[length++] = '\n';
    }

    private void reserve(int more) {
        if (length + more > head.length) {
            head = java.util.Arrays.copyOf(head, Math.max(head.length * 2, length + more));
        }
    }

    /** Writes a number in decimal and returns the index behind it. */
    public static int decimal(long value, byte[] target, int at) {
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + digits;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
