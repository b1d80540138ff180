package dev.pounce.deploy;

import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Reads the annotations of a webapp's classes from their bytecode, without loading one: a class
 * that refers to a type which is not there does no harm. Where a class is there twice, the one that
 * would be loaded counts.
 */
final class ClassIndex {
    private static final Logger LOG = LoggerFactory.getLogger(ClassIndex.class);

    private final Set<String> seen = new HashSet<>();

    private ClassIndex() {}

    /**
     * The index of WEB-INF/classes, then those of the jars of WEB-INF/lib in their order.
     *
     * @param extra jars and folders that come after them
     * @throws IOException when a file cannot be read or a jar is broken
     */
    static List<ClassArchive> of(Path root, List<Path> extra) throws IOException {
        ClassIndex index = new ClassIndex();
        List<ClassArchive> archives = new ArrayList<>();
        Path classes = root.resolve("WEB-INF/classes");
        archives.add(new ClassArchive(classes, index.folder(classes)));
        for (Path jar : WebAppLoader.jars(root)) {
            archives.add(new ClassArchive(jar, index.jar(jar)));
        }
        for (Path each : extra) {
            Index read = Files.isDirectory(each) ? index.folder(each) : index.jar(each);
            archives.add(new ClassArchive(each, read));
        }
        return List.copyOf(archives);
    }

    private Index folder(Path classes) throws IOException {
        Indexer indexer = new Indexer();
        List<Path> files = List.of();
        if (Files.isDirectory(classes)) {
            try (Stream<Path> all = Files.walk(classes)) {
                files = all.filter(Files::isRegularFile).sorted().toList();
            }
        }
        for (Path file : files) {
            String name = classes.relativize(file).toString().replace('\\', '/');
            if (isNew(name)) {
                try (InputStream in = Files.newInputStream(file)) {
                    add(indexer, file.toString(), in.readAllBytes());
                }
            }
        }
        return indexer.complete();
    }

    private Index jar(Path file) throws IOException {
        Indexer indexer = new Indexer();
        try (JarFile jar = new JarFile(file.toFile())) {
            for (Enumeration<JarEntry> e = jar.entries(); e.hasMoreElements(); ) {
                JarEntry entry = e.nextElement();
                if (isNew(entry.getName())) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        add(indexer, file + "!/" + entry.getName(), in.readAllBytes());
                    }
                }
            }
        } catch (java.util.zip.ZipException e) {
            throw new IOException(file + " is no valid jar: " + e.getMessage(), e);
        }
        return indexer.complete();
    }

    /** Classes for other releases of Java, and descriptions of modules, are none of the webapp. */
    private boolean isNew(String name) {
        return name.endsWith(".class")
                && !name.startsWith("META-INF/")
                && !name.endsWith("module-info.class")
                && seen.add(name);
    }

    private static void add(Indexer indexer, String where, byte[] bytecode) {
        try {
            indexer.index(new java.io.ByteArrayInputStream(bytecode));
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be read and its annotations are ignored: {}", where, e.toString());
        }
    }
}
