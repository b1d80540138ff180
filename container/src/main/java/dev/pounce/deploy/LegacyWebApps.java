package dev.pounce.deploy;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;

/**
 * Webapps of the {@code javax.servlet} API: those that lie in the folder that the setting {@code
 * webapps_javax} names. They are converted before they run. Thread-safe.
 */
final class LegacyWebApps {
    private static final String CACHE = ".converted";

    private final Path folder;
    private final Supplier<Optional<WebAppConverter>> converter;
    private final InstantSource clock;
    private @Nullable ConvertedWebApps converted;

    /**
     * @param folder where they lie; what is converted is kept in a hidden folder there
     * @param converter finds what converts them; asked when the first one is deployed, for it may
     *     need more of the Java platform than the server does
     */
    LegacyWebApps(Path folder, Supplier<Optional<WebAppConverter>> converter, InstantSource clock) {
        this.folder = absolute(folder);
        this.converter = converter;
        this.clock = clock;
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
        return converted(origin).converted(origin);
    }

    private synchronized ConvertedWebApps converted(Path origin) throws DeploymentException {
        ConvertedWebApps known = converted;
        if (known == null) {
            known = new ConvertedWebApps(converter(origin), folder.resolve(CACHE), clock);
            known.deleteUnused();
            converted = known;
        }
        return known;
    }

    private WebAppConverter converter(Path origin) throws DeploymentException {
        try {
            return converter
                    .get()
                    .orElseThrow(
                            () ->
                                    new DeploymentException(
                                            origin
                                                    + " is a webapp of javax.servlet, for it lies"
                                                    + " in webapps_javax: put"
                                                    + " pounce-jakarta-migration in lib/migration,"
                                                    + " or on the class path, which converts it"));
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new DeploymentException(
                    origin
                            + " cannot be converted from javax.servlet, which needs a Java with the"
                            + " module java.logging: "
                            + e,
                    e);
        }
    }
}
