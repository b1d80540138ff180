package dev.pounce.protocol;

import java.nio.ByteBuffer;

/** Content whose length Content-Length gave (RFC 9112 section 6.2). */
final class FixedLengthDecoder implements BodyDecoder {
    private long left;

    FixedLengthDecoder(long length) {
        left = length;
    }

    @Override
    public boolean decode(ByteBuffer received, ByteBuffer content) {
        left -= BodyDecoder.move(received, content, left);
        return left == 0;
    }

    @Override
    public boolean isComplete() {
        return left == 0;
    }
}
