package dev.pounce.servlet.deploy;

import dev.pounce.deploy.ClassArchive;
import dev.pounce.deploy.WebAppLoader;
import dev.pounce.deploy.WebAppSource;
import dev.pounce.servlet.model.Descriptor;
import dev.pounce.servlet.model.DescriptorBuilder;
import dev.pounce.servlet.model.DescriptorException;
import dev.pounce.servlet.model.DescriptorHead;
import dev.pounce.servlet.model.DescriptorMerge;
import dev.pounce.servlet.model.DescriptorReader;
import dev.pounce.servlet.model.FragmentOrder;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Everything that an application declares: its web.xml, the fragments of its libraries in their
 * order and the annotations of all classes, merged (Servlet specification, section 8.2).
 *
 * @param descriptor what was merged
 * @param archives where classes are looked for that declare something: WEB-INF/classes, then the
 *     libraries that take part, in their order
 * @param orderedLibraries the names of these libraries where an order was laid down, else null
 */
record Declarations(
        Descriptor descriptor,
        List<ClassArchive> archives,
        @Nullable List<String> orderedLibraries) {
    private static final Logger LOG = LoggerFactory.getLogger(Declarations.class);
    private static final String WEB_XML = "WEB-INF/web.xml";
    private static final String FRAGMENT = "META-INF/web-fragment.xml";

    /** A library, and its descriptor, which may say nothing. */
    private record Library(ClassArchive archive, Descriptor descriptor) {}

    /**
     * Reads.
     *
     * @throws DeclarationException when something of it is malformed or contradicts itself
     */
    static Declarations of(WebAppSource source) throws IOException, DeclarationException {
        try {
            return read(source);
        } catch (DescriptorException e) {
            throw new DeclarationException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Declarations read(WebAppSource source)
            throws IOException, DeclarationException, DescriptorException {
        Descriptor main = webXml(source.root().resolve(WEB_XML));
        ClassArchive own = source.archives().get(0);
        List<ClassArchive> jars = source.archives().subList(1, source.archives().size());
        DescriptorHead head = main.head();
        if (head.metadataComplete() && head.absoluteOrder() == null) {
            Descriptor merged = DescriptorMerge.merge(main, List.of());
            return new Declarations(merged, source.archives(), null);
        }
        List<Library> all = libraries(jars);
        List<Library> ordered = order(head, all);
        List<ClassArchive> archives = new ArrayList<>(List.of(own));
        ordered.forEach(each -> archives.add(each.archive));
        return new Declarations(
                merge(main, own, ordered), List.copyOf(archives), names(head, all, ordered));
    }

    /**
     * Reads the descriptor and the fragments alone, to see whether that is possible.
     *
     * @throws DeclarationException when something of them is malformed
     */
    static void check(Path root) throws IOException, DeclarationException {
        try {
            if (!webXml(root.resolve(WEB_XML)).head().metadataComplete()) {
                for (Path jar : WebAppLoader.jars(root)) {
                    fragment(jar);
                }
            }
        } catch (DescriptorException e) {
            throw new DeclarationException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Descriptor webXml(Path file) throws IOException, DescriptorException {
        if (!Files.exists(file)) {
            return new DescriptorBuilder(file.toString()).build();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        }
    }

    private static List<Library> libraries(List<ClassArchive> archives)
            throws IOException, DescriptorException {
        List<Library> libraries = new ArrayList<>();
        for (ClassArchive each : archives) {
            libraries.add(new Library(each, fragment(each.file())));
        }
        return libraries;
    }

    private static Descriptor fragment(Path file) throws IOException, DescriptorException {
        if (Files.isDirectory(file)) {
            return webXml(file.resolve(FRAGMENT));
        }
        try (JarFile jar = new JarFile(file.toFile())) {
            JarEntry entry = jar.getJarEntry(FRAGMENT);
            if (entry == null) {
                return new DescriptorBuilder(file.toString()).build();
            }
            try (InputStream in = jar.getInputStream(entry)) {
                return read(in, file + "!/" + FRAGMENT);
            }
        }
    }

    private static Descriptor read(InputStream in, String where) throws DescriptorException {
        Descriptor descriptor = DescriptorReader.read(in, where);
        for (String each : descriptor.skipped()) {
            LOG.warn("{}:{}", where, each);
        }
        return descriptor;
    }

    private static List<Library> order(DescriptorHead main, List<Library> all)
            throws DescriptorException {
        List<Library> ordered = new ArrayList<>();
        List<DescriptorHead> heads =
                FragmentOrder.of(
                        main.absoluteOrder(),
                        all.stream().map(each -> each.descriptor.head()).toList());
        for (DescriptorHead head : heads) {
            all.stream().filter(each -> each.descriptor.head().equals(head)).forEach(ordered::add);
        }
        return ordered;
    }

    private static @Nullable List<String> names(
            DescriptorHead main, List<Library> all, List<Library> ordered) {
        boolean laidDown =
                main.absoluteOrder() != null
                        || all.stream().anyMatch(each -> each.descriptor.head().wantsPlace());
        return laidDown
                ? ordered.stream()
                        .map(each -> each.archive.file().getFileName().toString())
                        .toList()
                : null;
    }

    private static Descriptor merge(Descriptor main, ClassArchive own, List<Library> libraries)
            throws DescriptorException, DeclarationException {
        if (main.head().metadataComplete()) {
            return DescriptorMerge.merge(main, List.of());
        }
        List<Descriptor> fragments = new ArrayList<>();
        for (Library each : libraries) {
            fragments.add(
                    each.descriptor.head().metadataComplete()
                            ? each.descriptor
                            : DescriptorMerge.withAnnotations(
                                    each.descriptor, AnnotationReader.read(each.archive)));
        }
        return DescriptorMerge.merge(
                DescriptorMerge.withAnnotations(main, AnnotationReader.read(own)), fragments);
    }
}
