package dev.pounce.exchange;

import dev.pounce.encoding.BodyEncoder;
import dev.pounce.encoding.BodyEncoder.Directive;
import dev.pounce.encoding.ContentCoding;
import dev.pounce.encoding.EncoderProfile;
import dev.pounce.io.LeadingThread;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The encoding half of the response pipeline: the encoder that a response has borrowed, if any, and
 * the buffer for its output. Used again for every response of its {@link Response}, by the owner of
 * the exchange only.
 */
final class ContentEncoder {
    /** Bytes whose encoding never takes long. */
    private static final int ENCODED_SOON = 32 << 10;

    private final Exchange exchange;
    private final ResponseSettings settings;
    private final RequestClock clock;
    private ContentCoding coding = ContentCoding.IDENTITY;
    private @Nullable SharedContent shared;
    private @Nullable BodyEncoder encoder;
    private @Nullable ByteBuffer output;
    private boolean holds;

    /** Bytes that were given to the encoder so far. */
    private long encoded;

    ContentEncoder(Exchange exchange, ResponseSettings settings) {
        this.exchange = exchange;
        this.settings = settings;
        this.clock = exchange.clock();
    }

    /**
     * Borrows an encoder, unless the content has kept the form that it would make; false when the
     * pool has none left.
     *
     * @param content the whole content, if other responses have it too
     */
    boolean begin(EncoderProfile profile, @Nullable SharedContent content) {
        coding = profile.coding();
        shared = content;
        encoded = 0;
        if (content == null || content.coded(coding) == null) {
            encoder = settings.encoders().borrow(profile);
            return encoder != null;
        }
        return true;
    }

    /** Whether content is encoded at all. */
    boolean isActive() {
        return encoder != null;
    }

    /** Whether the encoder may hold bytes back that a flush has to push out. */
    boolean holds() {
        return holds;
    }

    /** The coded form of content that is complete; valid until {@link #release}. */
    ByteBuffer whole(ByteBuffer content) {
        SharedContent known = shared;
        if (known == null) {
            return encodeWhole(content);
        }
        byte[] kept = encoder == null ? known.coded(coding) : null;
        if (kept == null) {
            ByteBuffer encoded = encodeWhole(content);
            kept = new byte[encoded.remaining()];
            encoded.get(kept);
            known.keep(coding, kept);
        }
        return ByteBuffer.wrap(kept);
    }

    private ByteBuffer encodeWhole(ByteBuffer content) {
        if (content.remaining() <= ENCODED_SOON) {
            return encodeNow(content);
        }
        exchange.enter();
        try {
            return encodeNow(content);
        } finally {
            exchange.leave();
        }
    }

    private ByteBuffer encodeNow(ByteBuffer content) {
        leaveLoopToOthers(content.remaining());
        long begin = clock.beginEncoding();
        BodyEncoder active = Objects.requireNonNull(encoder);
        ByteBuffer target = output();
        while (!active.encode(content, target, Directive.END)) {
            target = ByteBuffer.allocateDirect(target.capacity() * 2).put(target.flip());
        }
        clock.encoded(begin);
        releaseEncoder();
        return target.flip();
    }

    /** Encodes content and gives the sink what the directive asks for, until nothing is left. */
    void encode(ByteBuffer content, Directive directive, Sink sink) throws IOException {
        BodyEncoder active = Objects.requireNonNull(encoder);
        ByteBuffer target = output();
        boolean done;
        leaveLoopToOthers(content.remaining());
        do {
            long begin = clock.beginEncoding();
            done = active.encode(content, target, directive);
            clock.encoded(begin);
            if (done && directive == Directive.END) {
                releaseEncoder();
            }
            if (target.position() > 0 && (!done || directive != Directive.CONTINUE)) {
                sink.write(target.flip());
                target.clear();
            }
        } while (!done);
        holds = directive == Directive.CONTINUE;
        if (!holds) {
            // what comes next may be an hour away
            releaseOutput();
        }
    }

    /** Who leads a loop and encodes much leads it no longer; on other threads nothing happens. */
    private void leaveLoopToOthers(int length) {
        boolean before = encoded > ENCODED_SOON;
        encoded += length;
        if (!before && encoded > ENCODED_SOON && exchange.isOfUnknownLength()) {
            LeadingThread.beforeWaiting();
        }
    }

    private ByteBuffer output() {
        ByteBuffer target = output;
        if (target == null) {
            target = exchange.buffers().take();
            output = target;
        }
        return target;
    }

    /** Gives the encoder and the buffer back; on every way out. */
    void release() {
        releaseOutput();
        releaseEncoder();
        shared = null;
        holds = false;
    }

    /** As soon as the content has ended: the client may take its time to read it. */
    private void releaseEncoder() {
        BodyEncoder lent = encoder;
        if (lent != null) {
            lent.close();
            encoder = null;
        }
    }

    private void releaseOutput() {
        ByteBuffer target = output;
        if (target != null) {
            exchange.buffers().give(target);
            output = null;
        }
    }
}
