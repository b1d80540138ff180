package dev.pounce.files;

import dev.pounce.encoding.ContentCoding;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * What one look at a file has found, and what was made of it.
 *
 * @param file the file
 * @param plain the representation that is its bytes
 * @param encoded those that lie encoded beside it
 * @param cacheControl the value of Cache-Control, or null when it has none
 * @param settled whether all of it has rested so long that a change would show in its time
 */
record KnownFile(
        FoundFile file,
        Representation plain,
        Map<ContentCoding, Representation> encoded,
        @Nullable String cacheControl,
        boolean settled) {}
