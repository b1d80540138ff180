package dev.pounce.server;

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

    private final RequestHead head;
    private final Handler handler;
    private final BodyDecoder decoder;
    private final int max;
    private byte[] content;
    private int length;

    ContentCollector(RequestHead head, Handler handler, long framing, ServerLimits limits) {
        this.head = head;
        this.handler = handler;
        this.max = limits.maxCollected();
        this.decoder = BodyDecoder.of(framing, limits.maxTrailers());
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

    boolean isContinueExpected() {
        return head.isHttp11() && head.count(KnownField.EXPECT) > 0;
    }

    /**
     * Takes received bytes.
     *
     * @return whether the content is complete
     * @throws ProtocolException when the framing is broken or the content too long
     */
    boolean take(ByteBuffer received) throws ProtocolException {
        while (true) {
            if (length == content.length && !decoder.isComplete() && length <= max) {
                content =
                        Arrays.copyOf(
                                content, (int) Math.min(Math.max(length * 2L, 256), max + 1L));
            }
            ByteBuffer room = ByteBuffer.wrap(content, length, content.length - length);
            boolean complete = decoder.decode(received, room);
            length = room.position();
            if (length > max) {
                throw new ProtocolException(
                        413, "POUNCE_LIMIT_BODY", "the content is longer than " + max + " bytes");
            }
            if (complete || !received.hasRemaining()) {
                return complete;
            }
        }
    }
}
