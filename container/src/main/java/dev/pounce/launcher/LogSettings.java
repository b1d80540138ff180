package dev.pounce.launcher;

import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
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
        boolean dates = isDatedHere(found);
        if (dates) {
            found.remove(DATE_FORMAT);
            found.put(DATES, "false");
            found.put(SAME_STREAM, "true");
        }
        found.forEach((name, value) -> System.setProperty((String) name, (String) value));
        if (dates) {
            begin();
        }
    }

    /** Whether it is us who write the dates: in the usual format, to the usual place. */
    private static boolean isDatedHere(Properties settings) {
        return "true".equalsIgnoreCase(settings.getProperty(DATES))
                && DatedLines.FORMAT.equals(settings.getProperty(DATE_FORMAT))
                && System.getProperty(DATE_FORMAT) == null
                && !settings.containsKey(SAME_STREAM)
                && "System.err".equalsIgnoreCase(settings.getProperty(PLACE, "System.err"));
    }

    /** Has the provider take the stream that writes dates for the error stream, for good. */
    private static void begin() {
        PrintStream usual = System.err;
        System.setErr(
                new DatedLines(
                        usual, usual.charset(), InstantSource.system(), ZoneId.systemDefault()));
        try {
            LoggerFactory.getILoggerFactory();
        } finally {
            System.setErr(usual);
        }
    }
}
