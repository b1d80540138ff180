package dev.pounce.deploy;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Finds what converts webapps of {@code javax.servlet}. Its jars are no part of the class path,
 * where each is opened at every start, but lie in a folder of their own.
 */
final class Converters {
    /** The system property that names the folder. */
    static final String FOLDER_PROPERTY = "pounce.migration";

    private Converters() {}

    /**
     * The first one that the class path or the folder has.
     *
     * @param parent has the class path
     * @throws ServiceConfigurationError when one is there and cannot be used, or the folder cannot
     *     be read
     */
    static Optional<WebAppConverter> find(ClassLoader parent) {
        Optional<WebAppConverter> found = first(parent);
        String folder = System.getProperty(FOLDER_PROPERTY);
        return found.isPresent() || folder == null
                ? found
                : first(new URLClassLoader("pounce-migration", jars(Path.of(folder)), parent));
    }

    private static Optional<WebAppConverter> first(ClassLoader loader) {
        return ServiceLoader.load(WebAppConverter.class, loader).findFirst();
    }

    private static URL[] jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return new URL[0];
        }
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path each : all) {
                jars.add(url(each));
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new ServiceConfigurationError(folder + " cannot be read: " + e, e);
        }
        return jars.toArray(URL[]::new);
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }
}
