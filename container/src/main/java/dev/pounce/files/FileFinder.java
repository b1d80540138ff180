package dev.pounce.files;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the file or folder that a path stands for, if it is one that may be shown. Whatever the
 * path says, and wherever links lead, nothing outside of the folders is found, and nothing in them
 * by another name than its own. Thread-safe; its caller may wait for the disk.
 */
final class FileFinder {
    private final List<Path> roots;

    /**
     * @param roots a file of an earlier one hides those of the same name
     * @throws IOException when a folder cannot be read
     */
    FileFinder(List<Path> roots) throws IOException {
        List<Path> real = new ArrayList<>();
        for (Path root : roots) {
            real.add(root.toRealPath());
        }
        this.roots = List.copyOf(real);
    }

    /**
     * The real file or folder of a path, or null when there is none for who asks.
     *
     * @param path decoded, normalised, and begins with a slash
     * @param dispatched whether the webapp itself asks
     */
    @Nullable Path find(String path, boolean dispatched) {
        for (Path root : roots) {
            Path found = find(root, path, dispatched);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Path find(Path root, String path, boolean dispatched) {
        try {
            Path named = root.resolve(path.substring(1));
            // what is not there, of which strangers ask much, costs one call and no exception
            if (!isShown(root, named, dispatched) || !Files.exists(named)) {
                return null;
            }
            Path real = named.toRealPath();
            boolean shown =
                    real.toString().equals(named.toString())
                            || isShown(root, real, dispatched) && !isOtherSpelling(named, real);
            return shown ? real : null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    /** Asked of the name and of the file behind it: a link may lead anywhere. */
    private static boolean isShown(Path root, Path file, boolean dispatched) {
        if (!file.startsWith(root)) {
            return false;
        }
        Path relative = root.relativize(file);
        if (ClosedPaths.areForAll(relative)) {
            return false;
        }
        return dispatched
                || !ClosedPaths.areForClients("/" + relative.toString().replace('\\', '/'));
    }

    /**
     * Whether a file system that does not tell cases, forms of letters, short names or dots at the
     * end apart has found a file by another spelling of its name: filters and constraints have not
     * seen the right one.
     */
    private static boolean isOtherSpelling(Path named, Path real) throws IOException {
        Path unlinked = named.toRealPath(LinkOption.NOFOLLOW_LINKS);
        return !unlinked.toString().equals(named.toString())
                || fold(named.toString()).equalsIgnoreCase(fold(real.toString()));
    }

    private static String fold(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC).replaceAll("[. ]+(?=[/\\\\]|$)", "");
    }
}
