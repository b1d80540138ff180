package dev.pounce.migration;

import org.apache.bcel.classfile.ClassFormatException;
import org.apache.bcel.classfile.ClassParser;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Finds the class at which a conversion has failed, for the tool does not name it. */
final class BrokenClass {
    private static final String CLASS = ".class";

    private BrokenClass() {}

    /**
     * The first file of a webapp that is named as a class and is none, or not a whole one, relative
     * to it; null when there is none.
     *
     * @throws IOException when something else cannot be read
     */
    static @Nullable String in(Path webapp) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(webapp.resolve("WEB-INF"))) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            String name = webapp.relativize(file).toString();
            if (name.endsWith(CLASS)) {
                try (InputStream in = Files.newInputStream(file)) {
                    if (!isClass(in, name)) {
                        return name;
                    }
                }
            } else if (name.endsWith(".jar")) {
                String entry = inJar(file);
                if (entry != null) {
                    return name + "!/" + entry;
                }
            }
        }
        return null;
    }

    private static @Nullable String inJar(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
                ZipEntry entry = e.nextElement();
                if (entry.getName().endsWith(CLASS)) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        if (!isClass(in, entry.getName())) {
                            return entry.getName();
                        }
                    }
                }
            }
        }
        return null;
    }

    private static boolean isClass(InputStream in, String name) {
        try {
            new ClassParser(in, name).parse();
            return true;
        } catch (IOException | ClassFormatException e) {
            return false;
        }
    }
}
