package dev.pounce.servlet.http;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;

/**
 * A response's content as a servlet writes it in characters. What one call prints is one write,
 * with the end of its line: it must not be flushed in pieces where every write is.
 *
 * <p>Small pieces take no lock as long as they may gather ({@link EncodingWriter}), and that is
 * only while one thread has the request.
 */
final class BridgeWriter extends PrintWriter {
    private final EncodingWriter encoding;

    /**
     * @param shared whether several threads write
     */
    BridgeWriter(BridgeOutputStream out, Charset charset, boolean shared) {
        this(new EncodingWriter(out, charset, shared));
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

    /**
     * The response has lost this writer with all that was written: it may get another one, and what
     * is still written to this one goes on at once.
     */
    void retire() {
        resetEncoding();
        share();
    }

    /** The response has all that was written. Called by whoever has the request. */
    void settle() {
        try {
            encoding.settle();
        } catch (IOException e) {
            failed(e);
        }
    }

    /** From now on several threads write. Called by whoever has the request. */
    void share() {
        settle();
        encoding.share();
    }

    /** As a {@link PrintWriter} does: who writes learns of an error when asking for it. */
    private void failed(IOException cause) {
        if (cause instanceof InterruptedIOException) {
            Thread.currentThread().interrupt();
        } else {
            setError();
        }
    }

    private boolean isOpen() {
        if (out == null) {
            setError();
        }
        return out != null;
    }

    @Override
    public void write(int c) {
        if (encoding.gather((char) c)) {
            return;
        }
        synchronized (lock) {
            if (isOpen()) {
                try {
                    encoding.write(c);
                } catch (IOException e) {
                    failed(e);
                }
            }
        }
    }

    @Override
    public void write(char[] text, int offset, int length) {
        if (encoding.gather(text, offset, length)) {
            return;
        }
        synchronized (lock) {
            if (isOpen()) {
                try {
                    encoding.write(text, offset, length);
                } catch (IOException e) {
                    failed(e);
                }
            }
        }
    }

    @Override
    public void write(char[] text) {
        write(text, 0, text.length);
    }

    @Override
    public void write(String text, int offset, int length) {
        if (encoding.gather(text, offset, length)) {
            return;
        }
        synchronized (lock) {
            if (isOpen()) {
                try {
                    encoding.write(text, offset, length);
                } catch (IOException e) {
                    failed(e);
                }
            }
        }
    }

    @Override
    public void write(String text) {
        write(text, 0, text.length());
    }

    @Override
    public void flush() {
        synchronized (lock) {
            if (isOpen()) {
                try {
                    encoding.flush();
                } catch (IOException e) {
                    failed(e);
                }
            }
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (out != null) {
                try {
                    encoding.close();
                } catch (IOException e) {
                    failed(e);
                }
                out = null;
            }
        }
    }

    @Override
    public void println() {
        write(System.lineSeparator());
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
