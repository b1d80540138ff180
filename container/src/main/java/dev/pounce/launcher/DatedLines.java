package dev.pounce.launcher;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * Puts the date in front of each line that SLF4J's simple provider logs. The provider can do so
 * itself, with {@code SimpleDateFormat}, for which the JDK reads all locales: that takes a tenth of
 * a start. A line and the trace below it are printed at once, so that nothing that others print to
 * the same target comes between.
 *
 * <p>Thread-safe, if who logs lets one thread at a time log a line, its trace, and flush, as the
 * provider does.
 */
final class DatedLines extends PrintStream {
    /** The format that this one writes, as {@code SimpleDateFormat} has it. */
    static final String FORMAT = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX";

    private final PrintStream target;
    private final InstantSource clock;
    private final ZoneId zone;
    private final StringBuilder entry = new StringBuilder(); // guarded by this

    /**
     * @param target where the lines go
     * @param charset that of the target
     */
    DatedLines(PrintStream target, Charset charset, InstantSource clock, ZoneId zone) {
        super(target, true, charset);
        this.target = target;
        this.clock = clock;
        this.zone = zone;
    }

    /** Begins a line that is logged; {@link #flush()} ends it. */
    @Override
    public synchronized void println(String line) {
        flush(); // the one before, if making its trace failed
        entry.append(date(clock.instant(), zone)).append(' ').append(line);
    }

    /** Adds a line of the trace of an exception. */
    @Override
    public synchronized void println(Object line) {
        entry.append(System.lineSeparator()).append(line);
    }

    /** Prints what was logged: one call, for between two others may print. */
    @Override
    public synchronized void flush() {
        if (!entry.isEmpty()) {
            String text = entry.toString();
            entry.setLength(0);
            entry.trimToSize();
            target.println(text);
        }
        target.flush();
    }

    static String date(Instant instant, ZoneId zone) {
        OffsetDateTime date = instant.atZone(zone).toOffsetDateTime();
        StringBuilder text = new StringBuilder(FORMAT.length() + 6);
        put(text, date.getYear(), 4, '-');
        put(text, date.getMonthValue(), 2, '-');
        put(text, date.getDayOfMonth(), 2, 'T');
        put(text, date.getHour(), 2, ':');
        put(text, date.getMinute(), 2, ':');
        put(text, date.getSecond(), 2, '.');
        String millis = Integer.toString(1_000 + date.getNano() / 1_000_000);
        return text.append(millis, 1, 4).append(date.getOffset().getId()).toString();
    }

    private static void put(StringBuilder text, int number, int digits, char end) {
        String written = Integer.toString(number);
        text.repeat('0', Math.max(0, digits - written.length())).append(written).append(end);
    }
}
