package dev.pounce.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is logged while it is open; printed as always when it is closed. */
public final class CapturedLog implements AutoCloseable {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Begins to capture. */
    public CapturedLog() {
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    /** The lines so far that have a text in them, from the logger's name on. */
    public List<String> lines(String text) {
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(text))
                .map(line -> line.replaceFirst("^\\[.*?] ", ""))
                .toList();
    }

    @Override
    public void close() {
        System.setErr(before);
        before.print(bytes.toString(StandardCharsets.UTF_8));
    }
}
