package dev.pounce.deploy;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads the classes of one webapp (Servlet specification, section 10.7.2). The Java platform, the
 * servlet API and Pounce's API come from outside, and bundled copies of them are ignored; all else
 * is the webapp's own. Nothing else of the container is visible, neither classes nor resources.
 */
public final class WebAppLoader extends URLClassLoader {
    private static final List<String> SHARED =
            List.of("java.", "jakarta.servlet.", "dev.pounce.api.");
    private static final String PAGES = "jakarta.servlet.jsp.";
    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader parent;

    /**
     * @param urls where the webapp's classes are: folders first, then jars
     * @param parent has the servlet API and Pounce's
     */
    public WebAppLoader(String name, List<URL> urls, ClassLoader parent) {
        super(name, urls.toArray(URL[]::new), parent);
        this.parent = parent;
    }

    /**
     * The loader of an unpacked webapp: WEB-INF/classes, then the jars of WEB-INF/lib by name.
     *
     * @throws IOException when WEB-INF/lib cannot be read
     */
    static WebAppLoader of(String name, Path root, ClassLoader parent) throws IOException {
        List<URL> urls = new ArrayList<>();
        Path classes = root.resolve("WEB-INF/classes");
        if (Files.isDirectory(classes)) {
            urls.add(classes.toUri().toURL());
        }
        for (Path jar : jars(root)) {
            urls.add(jar.toUri().toURL());
        }
        return new WebAppLoader(name, urls, parent);
    }

    /** The jars of a webapp in the order in which classes are looked for. */
    public static List<Path> jars(Path root) throws IOException {
        Path lib = root.resolve("WEB-INF/lib");
        if (!Files.isDirectory(lib)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = isShared(name) ? parent.loadClass(name) : find(name);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    /** A webapp must not replace what belongs to the platform, javax.sql for instance. */
    private Class<?> find(String name) throws ClassNotFoundException {
        if (PLATFORM.getResource(name.replace('.', '/') + ".class") != null) {
            try {
                return PLATFORM.loadClass(name);
            } catch (ClassNotFoundException e) {
                return findClass(name);
            }
        }
        return findClass(name);
    }

    /** An application that brings an engine for pages brings their API with it. */
    private static boolean isShared(String name) {
        return SHARED.stream().anyMatch(name::startsWith) && !name.startsWith(PAGES);
    }

    private static ClassLoader outside(String resource, ClassLoader parent) {
        return isShared(resource.replace('/', '.')) ? parent : PLATFORM;
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = isShared(name.replace('/', '.')) ? null : findResource(name);
        return own != null ? own : outside(name, parent).getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> found = new ArrayList<>();
        if (!isShared(name.replace('/', '.'))) {
            found.addAll(Collections.list(findResources(name)));
        }
        found.addAll(Collections.list(outside(name, parent).getResources(name)));
        return Collections.enumeration(found);
    }
}
