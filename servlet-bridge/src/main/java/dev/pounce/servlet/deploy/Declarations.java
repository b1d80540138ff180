package dev.pounce.servlet.deploy;

import dev.pounce.deploy.WebAppLoader;
import dev.pounce.deploy.WebAppSource;
import dev.pounce.servlet.model.Descriptor;
import dev.pounce.servlet.model.DescriptorBuilder;
import dev.pounce.servlet.model.DescriptorException;
import dev.pounce.servlet.model.DescriptorReader;

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
 * Everything that an application declares, the descriptor first, then the fragments of its
 * libraries by the names of their files, then the annotations (Servlet specification, section 8.2).
 *
 * @param descriptor what WEB-INF/web.xml says, or nothing
 * @param others fragments and annotations in the order in which they are added
 */
record Declarations(Descriptor descriptor, List<Descriptor> others) {
    private static final Logger LOG = LoggerFactory.getLogger(Declarations.class);
    private static final String WEB_XML = "WEB-INF/web.xml";
    private static final String FRAGMENT = "META-INF/web-fragment.xml";

    /**
     * Reads.
     *
     * @throws DeclarationException when something of it is malformed
     */
    static Declarations of(WebAppSource source) throws IOException, DeclarationException {
        Path file = source.root().resolve(WEB_XML);
        Descriptor descriptor = new DescriptorBuilder().build();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                descriptor = read(in, file.toString());
            }
        }
        List<Descriptor> others = new ArrayList<>();
        if (!descriptor.metadataComplete()) {
            for (Path jar : WebAppLoader.jars(source.root())) {
                addFragment(jar, others);
            }
            others.add(AnnotationReader.read(source.index()));
        }
        return new Declarations(descriptor, List.copyOf(others));
    }

    private static Descriptor read(InputStream in, String where) throws DeclarationException {
        try {
            Descriptor descriptor = DescriptorReader.read(in);
            for (String element : descriptor.skipped()) {
                LOG.warn("{}: <{}> has no effect in this build", where, element);
            }
            return descriptor;
        } catch (DescriptorException e) {
            throw new DeclarationException(where + ", " + e.getMessage(), e);
        }
    }

    private static void addFragment(Path file, List<Descriptor> fragments)
            throws IOException, DeclarationException {
        try (JarFile jar = new JarFile(file.toFile())) {
            JarEntry entry = jar.getJarEntry(FRAGMENT);
            if (entry != null) {
                try (InputStream in = jar.getInputStream(entry)) {
                    fragments.add(read(in, file + "!/" + FRAGMENT));
                }
            }
        }
    }
}
