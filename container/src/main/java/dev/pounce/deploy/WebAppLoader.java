package dev.pounce.deploy;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Loads the classes of one webapp (Servlet specification, section 10.7.2). The Java platform, the
 * servlet API and Pounce's API come from outside, and bundled copies of them are ignored; all else
 * is the webapp's own. Nothing else of the container is visible, neither classes nor resources.
 *
 * <p>A {@link URLClassLoader}, for there are libraries that ask one for its URLs; how it finds
 * things is its own. Jars for several releases of Java, signed ones and sealed packages are obeyed.
 * Threads wait for each other only where they load the same class.
 */
public final class WebAppLoader extends URLClassLoader {
    private static final List<String> SHARED =
            List.of("java.", "jakarta.servlet.", "dev.pounce.api.");
    private static final String PAGES = "jakarta.servlet.jsp.";
    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();
    private static final Set<String> PLATFORM_PACKAGES =
            ModuleLayer.boot().modules().stream()
                    .filter(each -> isPlatforms(each.getClassLoader()))
                    .map(Module::getDescriptor)
                    .map(ModuleDescriptor::packages)
                    .flatMap(Set::stream)
                    .collect(Collectors.toUnmodifiableSet());

    static {
        registerAsParallelCapable();
        // kept for all, a jar stays open and hides what has taken its place
        URLConnection.setDefaultUseCaches("jar", false);
    }

    private final ClassLoader parent;
    private final List<ClassPlace> places;
    private volatile boolean closed;

    private WebAppLoader(String name, List<ClassPlace> places, ClassLoader parent) {
        super(name, places.stream().map(ClassPlace::url).toArray(URL[]::new), parent);
        this.places = List.copyOf(places);
        this.parent = parent;
    }

    /**
     * A loader of what is in some places.
     *
     * @param paths folders and jars, in the order in which they are looked through
     * @param parent has the servlet API and Pounce's
     * @throws IOException when a jar is broken or cannot be read
     */
    public static WebAppLoader of(String name, List<Path> paths, ClassLoader parent)
            throws IOException {
        List<ClassPlace> places = new ArrayList<>();
        try {
            for (Path path : paths) {
                places.add(ClassPlace.of(path));
            }
            return new WebAppLoader(name, places, parent);
        } catch (IOException e) {
            for (ClassPlace each : places) {
                each.close();
            }
            throw e;
        }
    }

    /**
     * The loader of an unpacked webapp: WEB-INF/classes, then the jars of WEB-INF/lib by name.
     *
     * @param extra jars and folders that come after them
     * @throws IOException when WEB-INF/lib cannot be read
     */
    static WebAppLoader of(String name, Path root, List<Path> extra, ClassLoader parent)
            throws IOException {
        List<Path> paths = new ArrayList<>();
        Path classes = root.resolve("WEB-INF/classes");
        if (Files.isDirectory(classes)) {
            paths.add(classes);
        }
        paths.addAll(jars(root));
        paths.addAll(extra);
        return of(name, paths, parent);
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

    // Classes

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) {
                loaded = load(name);
            }
            if (resolve) {
                resolveClass(loaded);
            }
            return loaded;
        }
    }

    /**
     * A webapp must not replace what belongs to the platform, javax.sql for instance, or to the
     * APIs; it may bring what they do not have. Agents add to the platform what has no module.
     */
    private Class<?> load(String name) throws ClassNotFoundException {
        ClassLoader first =
                isShared(name)
                        ? parent
                        : PLATFORM_PACKAGES.contains(packageOf(name)) ? PLATFORM : null;
        if (first != null) {
            try {
                return first.loadClass(name);
            } catch (ClassNotFoundException e) {
                return findClass(name);
            }
        }
        Class<?> own = own(name);
        return own == null ? PLATFORM.loadClass(name) : own;
    }

    private static boolean isPlatforms(@Nullable ClassLoader loader) {
        return loader == null || loader.equals(PLATFORM);
    }

    /** An application that brings an engine for pages brings their API with it. */
    private static boolean isShared(String name) {
        return SHARED.stream().anyMatch(name::startsWith) && !name.startsWith(PAGES);
    }

    private static String packageOf(String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        Class<?> own = own(name);
        if (own == null) {
            throw new ClassNotFoundException(name);
        }
        return own;
    }

    /** The class as the webapp has it; null when it has none. */
    private @Nullable Class<?> own(String name) throws ClassNotFoundException {
        if (closed) {
            throw new ClassNotFoundException(
                    name + " is asked for after the application " + getName() + " has ended");
        }
        String file = name.replace('.', '/') + ".class";
        try {
            for (ClassPlace place : places) {
                ClassPlace.Item item = place.find(file);
                if (item != null) {
                    return define(name, place, item);
                }
            }
            return null;
        } catch (IOException | IllegalStateException e) {
            throw new ClassNotFoundException(name + " cannot be read", e);
        }
    }

    private Class<?> define(String name, ClassPlace place, ClassPlace.Item item)
            throws IOException {
        byte[] bytes = item.bytes();
        definePackage(packageOf(name), place);
        CodeSource source = new CodeSource(place.url(), item.signers());
        return defineClass(name, bytes, 0, bytes.length, source);
    }

    private void definePackage(String name, ClassPlace place) throws IOException {
        if (name.isEmpty()) {
            return;
        }
        Package known = getDefinedPackage(name);
        if (known == null) {
            known = defined(name, place);
        }
        boolean isSealed = known.isSealed();
        if (isSealed ? !known.isSealed(place.url()) : place.seals(name)) {
            throw new SecurityException(
                    "the package "
                            + name
                            + " is sealed: all of its classes have to come from the same jar, and"
                            + " one more comes from "
                            + place.url());
        }
    }

    private Package defined(String name, ClassPlace place) throws IOException {
        try {
            Manifest manifest = place.manifest();
            return manifest == null
                    ? definePackage(name, null, null, null, null, null, null, null)
                    : definePackage(name, manifest, place.url());
        } catch (IllegalArgumentException e) {
            // another thread was faster
            return Objects.requireNonNull(getDefinedPackage(name), name);
        }
    }

    // Resources

    @Override
    public @Nullable URL getResource(String name) {
        ClassLoader first = isShared(name.replace('/', '.')) ? parent : null;
        URL found = first == null ? null : first.getResource(name);
        if (found == null) {
            found = findResource(name);
        }
        return found == null && first == null ? PLATFORM.getResource(name) : found;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        boolean isShared = isShared(name.replace('/', '.'));
        List<URL> found = Collections.list(findResources(name));
        found.addAll(
                isShared ? 0 : found.size(),
                Collections.list((isShared ? parent : PLATFORM).getResources(name)));
        return Collections.enumeration(found);
    }

    @Override
    public @Nullable URL findResource(String name) {
        try {
            ClassPlace.Item item = item(name);
            return item == null ? null : item.url();
        } catch (IOException e) {
            return null;
        }
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
        List<URL> found = new ArrayList<>();
        if (!closed) {
            for (ClassPlace place : places) {
                ClassPlace.Item item = place.find(name);
                if (item != null) {
                    found.add(item.url());
                }
            }
        }
        return Collections.enumeration(found);
    }

    /** Reads from the jars that are open anyway. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        boolean isShared = isShared(name.replace('/', '.'));
        InputStream found = isShared ? parent.getResourceAsStream(name) : null;
        if (found != null) {
            return found;
        }
        try {
            ClassPlace.Item item = item(name);
            if (item != null) {
                return item.open();
            }
        } catch (IOException e) {
            return null;
        }
        return isShared ? null : PLATFORM.getResourceAsStream(name);
    }

    private ClassPlace.@Nullable Item item(String name) throws IOException {
        if (closed) {
            return null;
        }
        for (ClassPlace place : places) {
            ClassPlace.Item item = place.find(name);
            if (item != null) {
                return item;
            }
        }
        return null;
    }

    // The end

    /**
     * Defines a class of the container as one of the webapp.
     *
     * @param type refers to nothing but the platform
     */
    Class<?> adopt(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream in =
                Objects.requireNonNull(type.getClassLoader()).getResourceAsStream(file)) {
            byte[] bytes = Objects.requireNonNull(in, file).readAllBytes();
            return defineClass(type.getName(), bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes the jars; classes that are loaded stay usable, others are not found any more. */
    @Override
    public void close() throws IOException {
        closed = true;
        for (ClassPlace each : places) {
            each.close();
        }
        super.close();
    }
}
