package dev.pounce.servlet.http;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/** A response's content as a servlet writes it in characters. */
final class BridgeWriter extends PrintWriter {
    private final EncodingWriter encoding;

    BridgeWriter(OutputStream out, Charset charset) {
        this(new EncodingWriter(out, charset));
    }

    private BridgeWriter(EncodingWriter encoding) {
        super(encoding);
        this.encoding = encoding;
    }

    /** Forgets what was held back, since the response's buffer was emptied. */
    void resetEncoding() {
        encoding.reset();
        clearError();
    }
}
