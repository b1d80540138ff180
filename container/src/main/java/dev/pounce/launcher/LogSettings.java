package dev.pounce.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * What {@code conf/simplelogger.properties} says, as system properties, which SLF4J's simple
 * provider reads too. The folder conf is not on the class path, for that could hold nothing but
 * jars then that are archived for a fast start (AOT cache).
 */
final class LogSettings {
    private static final String FILE = "simplelogger.properties";

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
                    for (String name : found.stringPropertyNames()) {
                        if (System.getProperty(name) == null) {
                            System.setProperty(name, found.getProperty(name));
                        }
                    }
                } catch (IOException | IllegalArgumentException e) {
                    System.err.println("pounce: warning: " + file + " cannot be read: " + e);
                }
                return;
            }
        }
    }
}
