package dev.pounce.exchange;

import java.nio.ByteBuffer;

/**
 * Whether the content that was written so far ends with a blank line, which is where an event of a
 * stream of {@code text/event-stream} ends (WHATWG HTML, section 9.2.5). Lines end with LF, CR or
 * CRLF.
 */
final class EventEnd {
    private int last;
    private int before;
    private int first;

    void begin() {
        last = 0;
        before = 0;
        first = 0;
    }

    void wrote(byte[] content, int offset, int length) {
        for (int i = Math.max(0, length - 3); i < length; i++) {
            next(content[offset + i]);
        }
    }

    void wrote(ByteBuffer content) {
        for (int i = Math.max(content.position(), content.limit() - 3); i < content.limit(); i++) {
            next(content.get(i));
        }
    }

    private void next(byte value) {
        first = before;
        before = last;
        last = value;
    }

    boolean isReached() {
        if (before == '\r' && last == '\n') {
            return first == '\n' || first == '\r';
        }
        return last == before && (last == '\n' || last == '\r');
    }
}
