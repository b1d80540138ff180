package dev.pounce.exchange;

import dev.pounce.encoding.ContentCoding;

import org.jspecify.annotations.Nullable;

/**
 * Content that many responses have, and that may keep what encoding makes of it, so that it is
 * encoded once. Thread-safe; nobody changes the arrays.
 */
public interface SharedContent {

    /** The content without a coding. */
    byte[] bytes();

    /** A coded form that was kept, or null; that of identity is never kept. */
    byte @Nullable [] coded(ContentCoding coding);

    /** Offers a coded form, which may be kept or not. */
    void keep(ContentCoding coding, byte[] coded);
}
