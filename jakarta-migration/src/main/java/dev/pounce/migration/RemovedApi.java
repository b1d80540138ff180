package dev.pounce.migration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Has the classes of a webapp do without what was removed from the servlet API: those of
 * WEB-INF/classes and of the archives in WEB-INF/lib.
 */
final class RemovedApi {
    private static final Logger LOG = LoggerFactory.getLogger(RemovedApi.class);
    private static final List<Class<?>> STAND_INS =
            List.of(RemovedMethods.class, RemovedWrapperMethods.class);

    private final Path webapp;

    RemovedApi(Path webapp) {
        this.webapp = webapp;
    }

    /**
     * Rewrites what has to be rewritten.
     *
     * @throws IOException when a file cannot be read or written
     */
    void replace() throws IOException {
        int rewritten = 0;
        Path classes = webapp.resolve("WEB-INF/classes");
        for (Path file : files(classes, ".class")) {
            byte[] replaced = rewrite(file.toString(), Files.readAllBytes(file));
            if (replaced != null) {
                Files.write(file, replaced);
                rewritten++;
            }
        }
        for (Path jar : files(webapp.resolve("WEB-INF/lib"), ".jar")) {
            rewritten += replaceIn(jar);
        }
        if (rewritten > 0) {
            for (Class<?> each : STAND_INS) {
                add(each.getName().replace('.', '/') + ".class", classes);
            }
            LOG.info("{}: {} classes call what Servlet 6.0 has removed", webapp, rewritten);
        }
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    /** A class that cannot be read will say so when it is loaded, if it ever is. */
    private static byte @Nullable [] rewrite(String name, byte[] bytes) {
        try {
            return RemovedCalls.rewrite(bytes);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            LOG.debug("{} stays as it is", name, e);
            return null;
        }
    }

    private static int replaceIn(Path jar) throws IOException {
        Map<String, byte[]> replaced = new HashMap<>();
        Path written = jar.resolveSibling(jar.getFileName() + ".rewritten");
        try (ZipFile from = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> e = from.entries(); e.hasMoreElements(); ) {
                ZipEntry entry = e.nextElement();
                if (entry.getName().endsWith(".class")) {
                    byte[] bytes = rewrite(jar + "!" + entry.getName(), content(from, entry));
                    if (bytes != null) {
                        replaced.put(entry.getName(), bytes);
                    }
                }
            }
            if (replaced.isEmpty()) {
                return 0;
            }
            try (ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(written))) {
                copy(from, to, replaced);
            }
        }
        Files.move(written, jar, StandardCopyOption.REPLACE_EXISTING);
        return replaced.size();
    }

    /** Of an entry that is there twice the first one stays, which is the one that counts. */
    private static void copy(ZipFile from, ZipOutputStream to, Map<String, byte[]> replaced)
            throws IOException {
        Set<String> copied = new HashSet<>();
        for (Enumeration<? extends ZipEntry> e = from.entries(); e.hasMoreElements(); ) {
            ZipEntry entry = e.nextElement();
            if (copied.add(entry.getName())) {
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTime(entry.getTime());
                to.putNextEntry(copy);
                byte[] bytes = replaced.get(entry.getName());
                to.write(bytes == null ? content(from, entry) : bytes);
                to.closeEntry();
            }
        }
    }

    private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static void add(String name, Path classes) throws IOException {
        Path file = classes.resolve(name);
        Files.createDirectories(file.getParent());
        try (InputStream in = RemovedApi.class.getResourceAsStream("/" + name);
                OutputStream out = Files.newOutputStream(file)) {
            if (in == null) {
                throw new IOException(name + " is not on the class path");
            }
            in.transferTo(out);
        }
    }
}
