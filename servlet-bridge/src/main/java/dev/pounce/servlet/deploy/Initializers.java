package dev.pounce.servlet.deploy;

import dev.pounce.deploy.ClassArchive;
import dev.pounce.deploy.WebAppSource;
import dev.pounce.servlet.context.WebContext;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Calls the ServletContainerInitializers of the server, then those of an application: its own, then
 * those of the libraries that take part, in their order (Servlet specification, section 8.2.4).
 */
final class Initializers {
    private static final String SERVICE =
            "META-INF/services/" + ServletContainerInitializer.class.getName();

    private final List<ClassArchive> archives;
    private final ClassLoader loader;
    private final HandledTypes handled;

    /**
     * @param archives those that take part
     */
    Initializers(WebAppSource source, List<ClassArchive> archives) {
        this.archives = archives;
        this.loader = source.loader();
        this.handled = new HandledTypes(archives, source.index(), loader);
    }

    /** Whether an application has one. */
    static boolean arePresent(ClassLoader loader) {
        return loader.getResource(SERVICE) != null;
    }

    /**
     * Calls all of them.
     *
     * @throws ServletException when one failed; the application must not start then
     * @throws DeclarationException when one cannot be made
     */
    void run(WebContext context) throws ServletException, DeclarationException, IOException {
        for (ContainerInitializer each :
                ServiceLoader.load(
                        ContainerInitializer.class, ContainerInitializer.class.getClassLoader())) {
            each.onStartup(handled.of(each.getClass()), context);
        }
        for (Map.Entry<String, Path> each : names().entrySet()) {
            ServletContainerInitializer initializer = make(each.getKey(), each.getValue());
            initializer.onStartup(handled.of(initializer.getClass()), context);
        }
    }

    private ServletContainerInitializer make(String name, Path from) throws DeclarationException {
        try {
            return Class.forName(name, true, loader)
                    .asSubclass(ServletContainerInitializer.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
            throw new DeclarationException(
                    "the initializer "
                            + name
                            + ", which "
                            + SERVICE
                            + " of "
                            + from
                            + " names, cannot be made: "
                            + e,
                    e);
        }
    }

    /** The classes' names, each once, with the archives that name them. */
    private Map<String, Path> names() throws IOException {
        Map<String, Path> names = new LinkedHashMap<>();
        for (ClassArchive each : archives) {
            Path file = each.file();
            if (Files.isRegularFile(file)) {
                try (JarFile jar = new JarFile(file.toFile())) {
                    JarEntry entry = jar.getJarEntry(SERVICE);
                    if (entry != null) {
                        read(jar.getInputStream(entry), file, names);
                    }
                }
            } else if (Files.isRegularFile(file.resolve(SERVICE))) {
                read(Files.newInputStream(file.resolve(SERVICE)), file, names);
            }
        }
        return names;
    }

    private static void read(InputStream in, Path from, Map<String, Path> names)
            throws IOException {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int comment = line.indexOf('#');
                String name = (comment < 0 ? line : line.substring(0, comment)).strip();
                if (!name.isEmpty()) {
                    names.putIfAbsent(name, from);
                }
            }
        }
    }
}
