package dev.pounce.servlet.http;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;

/**
 * A response's content as a servlet writes it in characters. What one call prints is one write,
 * with the end of its line: it must not be flushed in pieces where every write is.
 */
final class BridgeWriter extends PrintWriter {
    private final EncodingWriter encoding;

    BridgeWriter(BridgeOutputStream out, Charset charset) {
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

    private void printLine(String text) {
        write(text + System.lineSeparator());
    }

    @Override
    public void println(boolean x) {
        printLine(String.valueOf(x));
    }

    @Override
    public void println(char x) {
        printLine(String.valueOf(x));
    }

    @Override
    public void println(int x) {
        printLine(String.valueOf(x));
    }

    @Override
    public void println(long x) {
        printLine(String.valueOf(x));
    }

    @Override
    public void println(float x) {
        printLine(String.valueOf(x));
    }

    @Override
    public void println(double x) {
        printLine(String.valueOf(x));
    }

    @Override
    public void println(char[] x) {
        printLine(String.valueOf(x));
    }

    @Override
    public void println(@Nullable String x) {
        printLine(String.valueOf(x));
    }

    @Override
    public void println(@Nullable Object x) {
        printLine(String.valueOf(x));
    }

    @Override
    public PrintWriter format(String format, @Nullable Object... arguments) {
        write(String.format(format, arguments));
        return this;
    }

    @Override
    public PrintWriter format(
            @Nullable Locale locale, String format, @Nullable Object... arguments) {
        write(String.format(locale, format, arguments));
        return this;
    }
}
