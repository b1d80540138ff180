package dev.pounce.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** All that can become of bytes that should be chunked content, comparable. */
record ChunkOutcome(String end, int consumed, String content, Map<String, String> trailers) {

    static final String COMPLETE = "complete";
    static final String INCOMPLETE = "incomplete";

    boolean isComplete() {
        return end.equals(COMPLETE);
    }

    boolean isIncomplete() {
        return end.equals(INCOMPLETE);
    }

    /**
     * Decodes.
     *
     * @param piece bytes that come at a time
     * @param room bytes of content that are taken at a time
     */
    static ChunkOutcome of(byte[] bytes, int maxTrailers, int piece, int room) {
        ChunkDecoder decoder = new ChunkDecoder(maxTrailers);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        ByteBuffer target = ByteBuffer.allocate(room);
        int consumed = 0;
        String end = INCOMPLETE;
        try {
            while (end.equals(INCOMPLETE) && consumed < bytes.length) {
                int length = Math.min(piece, bytes.length - consumed);
                ByteBuffer received = ByteBuffer.wrap(bytes, consumed, length);
                try {
                    if (decoder.decode(received, target)) {
                        end = COMPLETE;
                    }
                } finally {
                    content.write(target.array(), 0, target.position());
                    target.clear();
                    consumed = received.position();
                }
            }
        } catch (ProtocolException e) {
            end = HeadOutcome.refusal(e);
            checkStaysRefused(decoder, e);
        }
        boolean complete = end.equals(COMPLETE);
        if (decoder.isComplete() != complete) {
            throw new AssertionError("isComplete() is not what decode() said");
        }
        return new ChunkOutcome(
                end,
                consumed,
                content.toString(StandardCharsets.ISO_8859_1),
                complete ? new TreeMap<>(decoder.trailers()) : Map.of());
    }

    private static void checkStaysRefused(ChunkDecoder decoder, ProtocolException first) {
        try {
            decoder.decode(ByteBuffer.wrap(HttpInputs.latin1("0\r\n\r\n")), ByteBuffer.allocate(9));
        } catch (ProtocolException e) {
            if (e == first) {
                return;
            }
        }
        throw new AssertionError("content that was refused was accepted later");
    }
}
