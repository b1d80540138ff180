package dev.pounce.servlet.parts;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;

/** A request that may have parts. It is asked when its parts are, not before. */
public interface PartSource {

    /** The value of its Content-Type field, or null. */
    @Nullable String contentType();

    /** The length of its content in bytes, or -1 when that is not known beforehand. */
    long contentLength();

    /** The name of the charset that somebody named for it, or null. */
    @Nullable String charset();

    /** Its content; called once, and not closed. */
    InputStream content() throws IOException;
}
