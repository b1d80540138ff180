package dev.pounce.launcher;

import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Properties;

/**
 * What {@code conf/simplelogger.properties} says, as system properties, which SLF4J's simple
 * provider reads too. The folder conf is not on the class path, for that could hold nothing but
 * jars then that are archived for a fast start (AOT cache).
 */
final class LogSettings {
    private static final String FILE = "simplelogger.properties";
    private static final String PREFIX = "org.slf4j.simpleLogger.";
    private static final String DATES = PREFIX + "showDateTime";
    private static final String DATE_FORMAT = PREFIX + "dateTimeFormat";
    private static final String PLACE = PREFIX + "logFile";
    private static final String SAME_STREAM = PREFIX + "cacheOutputStream";

    private LogSettings() {}

    /**
     * Reads the first file that is there; before anything is logged. System properties that are set
     * stay. What cannot be read is said and does not stop anybody.
     *
     * @param folders where a conf may be, the one that wins first
     */
    static void apply(List<Path> folders) {
        for (Path folder : folders) {
            Path file = folder.resolve("conf", FILE);
            if (Files.isRegularFile(file)) {
                try (Reader in = Files.newBufferedReader(file)) {
                    Properties found = new Properties();
                    found.load(in);
                    apply(found);
                } catch (IOException | IllegalArgumentException e) {
                    System.err.println("pounce: warning: " + file + " cannot be read: " + e);
                }
                return;
            }
        }
    }

    private static void apply(Properties found) {
        System.getProperties()
                .forEach(
                        (name, value) -> {
                            if (name instanceof String text && text.startsWith(PREFIX)) {
                                found.put(name, value);
                            }
                        });
        found.forEach((name, value) -> System.setProperty((String) name, (String) value));
        ZoneId zone = isDatedHere(found) ? zone() : null;
        if (zone != null) {
            begin(zone);
        }
    }

    /** Whether it is us who write the dates: in the usual format, to the usual place. */
    private static boolean isDatedHere(Properties settings) {
        return "true".equalsIgnoreCase(settings.getProperty(DATES))
                && DatedLines.FORMAT.equals(settings.getProperty(DATE_FORMAT))
                && !settings.containsKey(SAME_STREAM)
                && "System.err".equalsIgnoreCase(settings.getProperty(PLACE, "System.err"));
    }

    /** The usual zone, or null: {@code TimeZone} takes offsets that {@code ZoneId} does not. */
    private static @Nullable ZoneId zone() {
        try {
            return ZoneId.systemDefault();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * Has the provider take the stream that writes dates for the error stream, for good. It reads
     * the settings once; a webapp that has a provider of its own finds them as they were.
     */
    private static void begin(ZoneId zone) {
        PrintStream usual = System.err;
        System.setProperty(DATES, "false");
        System.clearProperty(DATE_FORMAT);
        System.setProperty(SAME_STREAM, "true");
        System.setErr(new DatedLines(usual, usual.charset(), InstantSource.system(), zone));
        try {
            LoggerFactory.getILoggerFactory();
        } finally {
            System.setErr(usual);
            System.clearProperty(SAME_STREAM);
            System.setProperty(DATE_FORMAT, DatedLines.FORMAT);
            System.setProperty(DATES, "true");
        }
    }
}
