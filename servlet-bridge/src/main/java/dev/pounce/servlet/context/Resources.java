package dev.pounce.servlet.context;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The files of an application: its own folder before the resources of its libraries (Servlet
 * specification, section 4.6). Thread-safe.
 */
public final class Resources {
    private final List<Path> roots;

    /**
     * @param roots folders; a file of an earlier one hides those of the same name
     */
    public Resources(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /** The folders in which files are looked for. */
    public List<Path> roots() {
        return roots;
    }

    /**
     * The file or folder of a path, or null when there is none.
     *
     * @param path begins with a slash and is relative to the application
     */
    public @Nullable Path find(String path) {
        for (Path root : roots) {
            Path found = within(root, path);
            if (found != null && Files.exists(found)) {
                boolean folder = Files.isDirectory(found);
                return path.endsWith("/") && !folder ? null : found;
            }
        }
        return null;
    }

    /** The place of a path, whether or not something is there; null when it climbs out. */
    @Nullable Path place(String path) {
        Path found = find(path);
        return found != null ? found : within(roots.get(0), path);
    }

    private static @Nullable Path within(Path root, String path) {
        try {
            int start = 0;
            while (start < path.length() && path.charAt(start) == '/') {
                start++;
            }
            Path named = root.resolve(path.substring(start)).normalize();
            return named.startsWith(root) ? named : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** Whether a path names a folder. */
    public boolean isFolder(String path) {
        Path found = find(path);
        return found != null && Files.isDirectory(found);
    }

    /** Whether a path names a file. */
    public boolean isFile(String path) {
        Path found = find(path);
        return found != null && Files.isRegularFile(found);
    }

    /** The paths directly below a folder, folders with a slash at the end; null when it is none. */
    @Nullable Set<String> list(String folder) {
        String prefix = folder.endsWith("/") ? folder : folder + "/";
        Set<String> paths = new TreeSet<>();
        for (Path root : roots) {
            Path found = within(root, folder);
            if (found == null || !Files.isDirectory(found)) {
                continue;
            }
            try (Stream<Path> entries = Files.list(found)) {
                entries.forEach(
                        entry ->
                                paths.add(
                                        prefix
                                                + entry.getFileName()
                                                + (Files.isDirectory(entry) ? "/" : "")));
            } catch (IOException e) {
                // A folder that vanished or cannot be read has nothing to show.
                continue;
            }
        }
        return paths.isEmpty() ? null : paths;
    }
}
