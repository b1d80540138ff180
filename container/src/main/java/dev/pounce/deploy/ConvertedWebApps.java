package dev.pounce.deploy;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Webapps that a {@link WebAppConverter} has converted, in a folder that outlives the server: each
 * by its content, so that it is converted once wherever it lies. Several servers may share the
 * folder. Thread-safe.
 */
final class ConvertedWebApps {
    private static final Logger LOG = LoggerFactory.getLogger(ConvertedWebApps.class);
    private static final Duration KEPT_UNUSED = Duration.ofDays(30);

    /** What a conversion that is under way, or was cut off, begins with. */
    private static final String UNFINISHED = ".converting-";

    private final WebAppConverter converter;
    private final Path folder;
    private final InstantSource clock;

    /**
     * @param folder is made where it is missing
     */
    ConvertedWebApps(WebAppConverter converter, Path folder, InstantSource clock) {
        this.converter = converter;
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * The converted form of a webapp.
     *
     * @param origin a folder or a war file
     * @return a folder
     * @throws DeploymentException when it is no valid war file, a library of it no valid jar, or it
     *     changes meanwhile
     * @throws IOException when it cannot be converted; nothing of it is left
     */
    Path converted(Path origin) throws IOException, DeploymentException {
        Path known = place(origin);
        if (!Files.exists(known)) {
            convert(origin, known);
        }
        Files.setLastModifiedTime(known, FileTime.from(clock.instant()));
        return known;
    }

    private Path place(Path origin) throws IOException {
        return folder.resolve(ContentDigest.of(origin, converter.version()));
    }

    private void convert(Path origin, Path known) throws IOException, DeploymentException {
        long begin = System.nanoTime();
        Files.createDirectories(folder);
        Path unfinished = Files.createTempDirectory(folder, UNFINISHED);
        try {
            Path source = origin;
            if (!Files.isDirectory(origin)) {
                source = unfinished.resolve("unpacked");
                new WarUnpacker().unpack(origin, source);
            }
            checkLibraries(origin, source);
            Path target = unfinished.resolve("converted");
            converter.convert(source, target);
            if (!known.equals(place(origin))) {
                throw new DeploymentException(origin + " has changed while it was converted");
            }
            publish(target, known);
        } finally {
            delete(unfinished);
        }
        LOG.info(
                "Converted {} from javax to jakarta in {} ms",
                origin,
                (System.nanoTime() - begin) / 1_000_000);
    }

    /** What is no jar a converter may take for an empty one, whose classes are missing later. */
    private static void checkLibraries(Path origin, Path webapp) throws DeploymentException {
        Path library = webapp;
        try {
            for (Path jar : WebAppLoader.jars(webapp)) {
                library = jar;
                new ZipFile(jar.toFile()).close();
            }
        } catch (IOException e) {
            throw new DeploymentException(
                    origin
                            + " cannot be converted: "
                            + webapp.relativize(library)
                            + " is no valid jar: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Another server may have been faster; its result is as good. */
    private static void publish(Path target, Path known) throws IOException {
        try {
            Files.move(target, known);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("{} was converted by another server meanwhile", known);
        } catch (FileSystemException e) {
            if (!Files.exists(known)) {
                throw e;
            }
        }
    }

    /** Deletes what no server has used for 30 days, and conversions that were cut off. */
    void deleteUnused() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        FileTime limit = FileTime.from(clock.instant().minus(KEPT_UNUSED));
        try (Stream<Path> all = Files.list(folder)) {
            for (Path each : all.toList()) {
                if (Files.getLastModifiedTime(each).compareTo(limit) < 0) {
                    delete(each);
                }
            }
        } catch (IOException e) {
            LOG.warn("converted webapps that are not used any more stay: {}", e.toString());
        }
    }

    private static void delete(Path folderOrFile) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folderOrFile)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }
}
