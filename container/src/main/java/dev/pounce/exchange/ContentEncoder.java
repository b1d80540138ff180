package dev.pounce.exchange;

import dev.pounce.encoding.BodyEncoder;
import dev.pounce.encoding.BodyEncoder.Directive;
import dev.pounce.encoding.ContentCoding;

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
    private final ResponseSettings settings;
    private final RequestClock clock;
    private @Nullable BodyEncoder encoder;
    private @Nullable ByteBuffer output;
    private boolean holds;

    ContentEncoder(ResponseSettings settings, RequestClock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Borrows an encoder; false when the pool has none left. */
    boolean begin(ContentCoding coding) {
        encoder = settings.encoders().borrow(coding);
        return encoder != null;
    }

    /** Whether content is encoded at all. */
    boolean isActive() {
        return encoder != null;
    }

    /** Whether the encoder may hold bytes back that a flush has to push out. */
    boolean holds() {
        return holds;
    }

    /** Encodes content that is complete; the result is valid until {@link #release}. */
    ByteBuffer encodeWhole(ByteBuffer content) {
        long begin = clock.beginEncoding();
        BodyEncoder active = Objects.requireNonNull(encoder);
        ByteBuffer target = output();
        while (!active.encode(content, target, Directive.END)) {
            target = ByteBuffer.allocateDirect(target.capacity() * 2).put(target.flip());
        }
        clock.encoded(begin);
        return target.flip();
    }

    /** Encodes content and gives the sink what the directive asks for, until nothing is left. */
    void encode(ByteBuffer content, Directive directive, Sink sink) throws IOException {
        BodyEncoder active = Objects.requireNonNull(encoder);
        ByteBuffer target = output();
        boolean done;
        do {
            long begin = clock.beginEncoding();
            done = active.encode(content, target, directive);
            clock.encoded(begin);
            if (target.position() > 0 && (!done || directive != Directive.CONTINUE)) {
                sink.write(target.flip());
                target.clear();
            }
        } while (!done);
        holds = directive == Directive.CONTINUE;
    }

    private ByteBuffer output() {
        ByteBuffer target = output;
        if (target == null) {
            target = settings.buffers().take();
            output = target;
        }
        return target;
    }

    /** Gives the encoder and the buffer back; on every way out. */
    void release() {
        ByteBuffer target = output;
        if (target != null) {
            settings.buffers().give(target);
            output = null;
        }
        BodyEncoder lent = encoder;
        if (lent != null) {
            lent.close();
            encoder = null;
        }
        holds = false;
    }
}
