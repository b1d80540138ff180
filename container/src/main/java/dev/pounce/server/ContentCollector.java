package dev.pounce.server;

import dev.pounce.exchange.ContentLimits;
import dev.pounce.protocol.BodyDecoder;
import dev.pounce.protocol.ChunkDecoder;
import dev.pounce.protocol.KnownField;
import dev.pounce.protocol.ProtocolException;
import dev.pounce.protocol.RequestHead;
import dev.pounce.route.Handler;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/** A fused request whose content the worker collects before it calls the handler. */
final class ContentCollector {
    private static final int FIRST_BYTES = 4096;
    private static final int FIRST_GROWTH = 256;

    private final RequestHead head;
    private final Handler handler;
    private final BodyDecoder decoder;
    private final ContentLimits limits;
    private final int max;
    private final int mostBytes;
    private byte[] content;
    private int length;
    private long began;
    private long received;

    ContentCollector(
            RequestHead head,
            Handler handler,
            long framing,
            int maxTrailers,
            ContentLimits limits) {
        this.limits = limits;
        this.head = head;
        this.handler = handler;
        this.max = limits.maxCollected();
        this.mostBytes = framing >= 0 && framing <= max ? (int) framing : max + 1;
        this.decoder = BodyDecoder.of(framing, maxTrailers);
        this.content = new byte[Math.clamp(framing, 0, FIRST_BYTES)];
    }

    RequestHead head() {
        return head;
    }

    Handler handler() {
        return handler;
    }

    byte[] content() {
        return content;
    }

    int length() {
        return length;
    }

    /** The trailer fields of complete content, names in lower case. */
    Map<String, String> trailers() {
        return decoder instanceof ChunkDecoder chunks ? Map.copyOf(chunks.trailers()) : Map.of();
    }

    /** Bytes of memory that the content has so far. */
    int held() {
        return content.length;
    }

    /** The client is waited for from now on. */
    void began(long now) {
        began = now;
    }

    /** When the client began to be waited for, in nanoseconds of the loop. */
    long began() {
        return began;
    }

    /** Until when the client must have sent all, in nanoseconds; more time for what it sends. */
    long due() {
        return began + limits.contentNanos(received);
    }

    boolean isContinueExpected() {
        return head.isHttp11() && head.count(KnownField.EXPECT) > 0;
    }

    /**
     * Takes received bytes.
     *
     * @return whether the content is complete
     * @throws ProtocolException when the framing is broken or the content too long
     */
    boolean take(ByteBuffer bytes) throws ProtocolException {
        received += bytes.remaining();
        while (true) {
            if (length == content.length && length < mostBytes) {
                long more = Math.max(length * 2L, FIRST_GROWTH);
                content = Arrays.copyOf(content, (int) Math.min(more, mostBytes));
            }
            ByteBuffer room = ByteBuffer.wrap(content, length, content.length - length);
            boolean complete = decoder.decode(bytes, room);
            length = room.position();
            if (length > max) {
                throw new ProtocolException(
                        413, "POUNCE_LIMIT_BODY", "the content is longer than " + max + " bytes");
            }
            if (complete || !bytes.hasRemaining()) {
                return complete;
            }
        }
    }
}
