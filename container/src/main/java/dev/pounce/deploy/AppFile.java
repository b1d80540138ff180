package dev.pounce.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder or war file in the directory of the web applications.
 *
 * @param path it, not what a symbolic link leads to
 * @param name what its own name says
 */
public record AppFile(Path path, AppName name) {

    /** A folder or war file, wherever it is. */
    public static AppFile of(Path path) {
        String fileName = path.getFileName().toString();
        return new AppFile(path, AppName.ofFile(fileName, Files.isDirectory(path)));
    }

    /**
     * Those of a directory, in the order of their names. Hidden and other files are skipped; where
     * there are a folder and a war file of the same name, the folder is taken.
     *
     * @throws IOException when the directory cannot be read
     */
    public static List<AppFile> in(Path webapps) throws IOException {
        List<Path> entries;
        try (Stream<Path> all = Files.list(webapps)) {
            entries = all.sorted().toList();
        }
        Map<String, AppFile> found = new TreeMap<>();
        for (Path entry : entries) {
            String fileName = entry.getFileName().toString();
            boolean isFolder = Files.isDirectory(entry);
            if (fileName.startsWith(".") || !isFolder && !ContextPath.isWar(fileName)) {
                continue;
            }
            AppFile file = of(entry);
            String key = ContextPath.appName(fileName, isFolder);
            if (isFolder) {
                found.put(key, file);
            } else {
                found.putIfAbsent(key, file);
            }
        }
        return List.copyOf(found.values());
    }
}
