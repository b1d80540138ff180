package dev.pounce.migration;

import dev.pounce.deploy.WebAppConverter;

import org.apache.bcel.classfile.ClassFormatException;
import org.apache.tomcat.jakartaee.EESpecProfiles;
import org.apache.tomcat.jakartaee.Migration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Converts with Apache's migration tool for Jakarta EE, as Tomcat does: references to what a
 * servlet container provides, in classes, descriptors, pages and the archives of WEB-INF/lib. What
 * a webapp brings along of Java EE itself (JAX-RS, JPA, mail) stays as it is. Beyond what the tool
 * does, calls of methods that the servlet API has lost since get others ({@link RemovedApi}).
 */
public final class ApacheConverter implements WebAppConverter {
    private static final EESpecProfiles PROFILE = EESpecProfiles.TOMCAT;

    /** To be raised when {@link RemovedCalls} or {@link RemovedMethods} do something else. */
    private static final int REMOVED = 1;

    /** The tool tells of each file; kept here, for a logger's level goes with the logger. */
    private static final Logger TOOL = Logger.getLogger("org.apache.tomcat.jakartaee");

    static {
        if (TOOL.getLevel() == null) {
            TOOL.setLevel(Level.WARNING);
        }
    }

    @Override
    public String version() {
        String version = Migration.class.getPackage().getImplementationVersion();
        return "jakartaee-migration " + version + " " + PROFILE + ", removed methods " + REMOVED;
    }

    @Override
    public void convert(Path origin, Path target) throws IOException {
        Migration migration = new Migration();
        migration.setEESpecProfile(PROFILE);
        migration.setSource(origin.toFile());
        migration.setDestination(target.toFile());
        try {
            migration.execute();
        } catch (IOException | ClassFormatException e) {
            String broken = BrokenClass.in(origin);
            throw new IOException(
                    broken == null
                            ? "it cannot be converted: " + e.getMessage()
                            : "it cannot be converted: " + broken + " is no whole class file",
                    e);
        }
        new RemovedApi(target).replace();
    }
}
