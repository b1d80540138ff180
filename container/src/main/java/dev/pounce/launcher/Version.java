package dev.pounce.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which Pounce this is. */
final class Version {

    private Version() {}

    /** Maven puts it into the jar. */
    private static final String RESOURCE =
            "/META-INF/maven/dev.pounce/pounce-container/pom.properties";

    /** The version, or "development" where the classes come from no jar. */
    static String get() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "development");
    }
}
