package dev.pounce.deploy;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Webapps of the {@code javax.servlet} API: those that lie in the folder that the setting {@code
 * webapps_javax} names. They are converted before they run. Thread-safe.
 */
final class LegacyWebApps {
    private static final String CACHE = ".converted";

    private final Path folder;
    private final @Nullable ConvertedWebApps converted;

    /**
     * @param folder where they lie; what is converted is kept in a hidden folder there
     * @param converter converts them, or null where none is on the class path
     */
    LegacyWebApps(Path folder, @Nullable WebAppConverter converter, InstantSource clock) {
        this.folder = absolute(folder);
        converted =
                converter == null
                        ? null
                        : new ConvertedWebApps(converter, this.folder.resolve(CACHE), clock);
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /**
     * What of a webapp can run: itself, or what it is converted to.
     *
     * @param origin a folder or a war file
     * @throws DeploymentException when it cannot be converted
     * @throws IOException when reading or writing fails
     */
    Path runnable(Path origin) throws DeploymentException, IOException {
        if (!folder.equals(absolute(origin).getParent())) {
            return origin;
        }
        if (converted == null) {
            throw new DeploymentException(
                    origin
                            + " is a webapp of javax.servlet, for it lies in webapps_javax: put"
                            + " pounce-jakarta-migration on the class path, which converts it");
        }
        return converted.converted(origin);
    }

    /** Deletes what has not run for a month. */
    void deleteUnused() {
        if (converted != null) {
            converted.deleteUnused();
        }
    }
}
