package dev.pounce.servlet.deploy;

import dev.pounce.deploy.ClassArchive;
import dev.pounce.servlet.model.DescriptorException;
import dev.pounce.servlet.model.TagLibraryReader;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The listeners that the descriptions of an application's tag libraries name: the *.tld files below
 * WEB-INF and in META-INF of the libraries that take part (Jakarta Pages, section 7.3.1).
 */
final class TagLibraryListeners {
    private static final Logger LOG = LoggerFactory.getLogger(TagLibraryListeners.class);

    private final Set<String> classes = new LinkedHashSet<>();

    private TagLibraryListeners() {}

    /** Finds them; a file that cannot be read is told and passed over. */
    static Set<String> find(Path root, List<ClassArchive> archives) throws IOException {
        TagLibraryListeners found = new TagLibraryListeners();
        found.addFolder(root.resolve("WEB-INF"));
        for (ClassArchive each : archives) {
            if (Files.isRegularFile(each.file())) {
                found.addJar(each.file());
            }
        }
        return found.classes;
    }

    private void addFolder(Path webInf) throws IOException {
        if (!Files.isDirectory(webInf)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(webInf)) {
            files =
                    all.filter(each -> each.toString().endsWith(".tld"))
                            .filter(each -> !each.startsWith(webInf.resolve("classes")))
                            .filter(each -> !each.startsWith(webInf.resolve("lib")))
                            .filter(Files::isRegularFile)
                            .sorted()
                            .toList();
        }
        for (Path each : files) {
            try (InputStream in = Files.newInputStream(each)) {
                add(in, each.toString());
            }
        }
    }

    private void addJar(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            for (Enumeration<JarEntry> e = jar.entries(); e.hasMoreElements(); ) {
                JarEntry entry = e.nextElement();
                String name = entry.getName();
                if (name.startsWith("META-INF/") && name.endsWith(".tld")) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        add(in, file + "!/" + name);
                    }
                }
            }
        }
    }

    private void add(InputStream in, String where) {
        try {
            classes.addAll(TagLibraryReader.listeners(in, where));
        } catch (DescriptorException e) {
            LOG.warn("a tag library is passed over: {}", e.getMessage());
        }
    }
}
