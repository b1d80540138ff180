package dev.pounce.servlet.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The files that libraries bring in META-INF/resources (Servlet specification, section 4.6), each
 * library's unpacked into a folder of its own, so that they are served as every other file.
 */
final class LibraryResources {
    private static final String PREFIX = "META-INF/resources/";

    private LibraryResources() {}

    /**
     * Unpacks.
     *
     * @param workFolder where the folders are made
     * @return the folders, in the order of the libraries
     */
    static List<Path> unpack(List<Path> libraries, Path workFolder) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path library : libraries) {
            // libraries from elsewhere may have the name of one in WEB-INF/lib
            String name = folders.size() + "-" + library.getFileName();
            Path folder = workFolder.resolve("resources").resolve(name);
            if (unpack(library, folder)) {
                folders.add(folder.toRealPath());
            }
        }
        return folders;
    }

    private static boolean unpack(Path library, Path folder) throws IOException {
        boolean any = false;
        try (JarFile jar = new JarFile(library.toFile())) {
            for (Enumeration<JarEntry> e = jar.entries(); e.hasMoreElements(); ) {
                JarEntry entry = e.nextElement();
                if (entry.isDirectory() || !entry.getName().startsWith(PREFIX)) {
                    continue;
                }
                Path file = folder.resolve(entry.getName().substring(PREFIX.length())).normalize();
                if (!file.startsWith(folder)) {
                    throw new IOException(
                            library + " has an entry that leads out of it: " + entry.getName());
                }
                any = true;
                Files.createDirectories(file.getParent());
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, file);
                }
                Files.setLastModifiedTime(file, entry.getLastModifiedTime());
            }
        }
        return any;
    }
}
