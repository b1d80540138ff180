package dev.pounce.io;

import java.nio.ByteBuffer;

/** Lends direct buffers, all of one size. */
public interface Buffers {

    /** A cleared buffer; the caller gives it back. */
    ByteBuffer take();

    /** Takes a buffer back; nobody may use it any more. */
    void give(ByteBuffer buffer);
}
