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
 * a start. Thread-safe, as its target is.
 */
final class DatedLines extends PrintStream {
    /** The format that this one writes, as {@code SimpleDateFormat} has it. */
    static final String FORMAT = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX";

    private final InstantSource clock;
    private final ZoneId zone;

    /**
     * @param target where the lines go
     * @param charset that of the target
     */
    DatedLines(PrintStream target, Charset charset, InstantSource clock, ZoneId zone) {
        super(target, true, charset);
        this.clock = clock;
        this.zone = zone;
    }

    /** Each call is a line that was logged; of the trace of an exception others are called. */
    @Override
    public void println(String line) {
        super.println(date(clock.instant(), zone) + " " + line);
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
