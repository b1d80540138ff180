package dev.pounce.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.simple.SimpleLogger;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.SimpleDateFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/** What {@code conf/simplelogger.properties} does to the log, in a process of its own. */
class LogSettingsTest {
    private static final String DATE =
            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d)";
    private static final String USUAL =
            """
            org.slf4j.simpleLogger.showDateTime=true
            org.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX
            org.slf4j.simpleLogger.showThreadName=false
            org.slf4j.simpleLogger.showShortLogName=true
            """;

    private static final int LINES = 2_000;

    @TempDir Path folder;

    /** Logs a line with an exception, and prints beside it. */
    static final class Logging {
        private Logging() {}

        public static void main(String[] args) {
            LogSettings.apply(List.of(Path.of(args[0])));
            System.err.println("before");
            LoggerFactory.getLogger(Logging.class).info("said", new IOException("why"));
            System.err.println("after");
        }
    }

    /** Logs on one thread, with exceptions, and prints on another. */
    static final class LoggingAndPrinting {
        private LoggingAndPrinting() {}

        public static void main(String[] args) throws InterruptedException {
            LogSettings.apply(List.of(Path.of(args[0])));
            Throwable why = new IOException("why");
            why.setStackTrace(Arrays.copyOf(why.getStackTrace(), 1));
            CountDownLatch logged = new CountDownLatch(1);
            Thread printing =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        while (logged.getCount() > 0) {
                                            System.err.println("printed");
                                        }
                                    });
            for (int i = 0; i < LINES; i++) {
                LoggerFactory.getLogger(LoggingAndPrinting.class).info("said", why);
            }
            logged.countDown();
            printing.join();
        }
    }

    /** Logs with the server's provider, and with one that a webapp brings. */
    static final class WithOneOfAWebapp {
        private WithOneOfAWebapp() {}

        public static void main(String[] args) throws Exception {
            LogSettings.apply(List.of(Path.of(args[0])));
            LoggerFactory.getLogger("server").info("said");
            List<URL> jars = new ArrayList<>();
            for (Class<?> each : List.of(LoggerFactory.class, SimpleLogger.class)) {
                jars.add(each.getProtectionDomain().getCodeSource().getLocation());
            }
            URL[] lib = jars.toArray(URL[]::new);
            ClassLoader platform = ClassLoader.getPlatformClassLoader();
            try (URLClassLoader webapp = new URLClassLoader(lib, platform)) {
                Thread.currentThread().setContextClassLoader(webapp);
                Class<?> loggers = webapp.loadClass(LoggerFactory.class.getName());
                Object logger = loggers.getMethod("getLogger", String.class).invoke(null, "webapp");
                webapp.loadClass(Logger.class.getName())
                        .getMethod("info", String.class)
                        .invoke(logger, "said");
            }
        }
    }

    private List<String> log(String settings, String... options) throws Exception {
        return log(Logging.class, settings, options);
    }

    private List<String> log(Class<?> main, String settings, String... options) throws Exception {
        Files.createDirectories(folder.resolve("conf"));
        Files.writeString(folder.resolve("conf/simplelogger.properties"), settings);
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(main.getName(), folder.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.lines().toList();
    }

    private static void assertLine(String pattern, String line) {
        assertTrue(line.matches(pattern), line);
    }

    @Test
    void loggedLinesHaveDatesAndNothingElseHas() throws Exception {
        List<String> lines = log(USUAL);
        assertEquals("before", lines.get(0));
        assertLine(DATE + " INFO LogSettingsTest\\$Logging - said", lines.get(1));
        assertEquals("java.io.IOException: why", lines.get(2));
        assertLine("\tat dev\\.pounce\\..*", lines.get(3));
        assertEquals("after", lines.getLast());
    }

    @Test
    void nothingThatIsPrintedComesBetweenTheLinesThatAreLoggedTogether() throws Exception {
        String text = String.join("\n", log(LoggingAndPrinting.class, USUAL)) + "\n";
        String logged =
                DATE
                        + " INFO LogSettingsTest\\$LoggingAndPrinting - said\n"
                        + "java\\.io\\.IOException: why\n"
                        + "\tat dev\\.pounce\\..*\n";
        String others = text.replaceAll("(?m)^" + logged, "");
        assertEquals(LINES, Pattern.compile("(?m)^" + logged).matcher(text).results().count());
        assertEquals("", others.replace("printed\n", ""));
    }

    @Test
    void anotherFormatIsTheProviders() throws Exception {
        List<String> lines = log(USUAL.replace("yyyy-MM-dd'T'", "'on' EEEE "));
        assertLine("on \\p{L}+ \\d\\d:.* INFO LogSettingsTest\\$Logging - said", lines.get(1));
    }

    @Test
    void systemPropertiesWin() throws Exception {
        String off = "-Dorg.slf4j.simpleLogger.showDateTime=false";
        assertEquals("INFO LogSettingsTest$Logging - said", log(USUAL, off).get(1));
        String years = "-Dorg.slf4j.simpleLogger.dateTimeFormat='in' yyyy";
        assertLine("in \\d{4} INFO LogSettingsTest\\$Logging - said", log(USUAL, years).get(1));
        String out = "-Dorg.slf4j.simpleLogger.logFile=" + folder.resolve("log");
        assertEquals(List.of("before", "after"), log(USUAL, out));
        assertLine(
                DATE + " INFO LogSettingsTest\\$Logging - said",
                Files.readAllLines(folder.resolve("log")).getFirst());
    }

    @Test
    void theProviderOfAWebappFindsTheSettingsOfTheFile() throws Exception {
        List<String> lines = log(WithOneOfAWebapp.class, USUAL);
        assertEquals(2, lines.size(), lines.toString());
        assertLine(DATE + " INFO server - said", lines.get(0));
        assertLine(DATE + " INFO webapp - said", lines.get(1));
    }

    @Test
    void aZoneThatOnlyTimeZoneKnowsIsTheProviders() throws Exception {
        String late = "-Duser.timezone=GMT+19:00";
        String line = log(USUAL, late).get(1);
        assertLine(DATE + " INFO LogSettingsTest\\$Logging - said", line);
        assertTrue(line.contains("+19:00 "), line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UTC", "Europe/Berlin", "Asia/Kolkata", "America/St_Johns", "GMT-11:00"})
    void datesAreThoseOfTheFormat(String zone) {
        SimpleDateFormat format = new SimpleDateFormat(DatedLines.FORMAT, Locale.ROOT);
        format.setTimeZone(TimeZone.getTimeZone(zone));
        for (long millis : new long[] {0, 7, 1_234_567_890_123L, 4_102_444_799_999L}) {
            assertEquals(
                    format.format(new Date(millis)),
                    DatedLines.date(Instant.ofEpochMilli(millis), ZoneId.of(zone)));
        }
    }
}
