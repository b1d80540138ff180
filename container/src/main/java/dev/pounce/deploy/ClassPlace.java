package dev.pounce.deploy;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A folder or jar that a webapp's classes and resources come from. Jars are read where they are,
 * and stay open until this is closed. Thread-safe.
 */
abstract sealed class ClassPlace implements Closeable {
    private final URL url;

    /** Something in it. */
    abstract static class Item {

        /** Where it is. */
        abstract URL url() throws IOException;

        /** Opens it. */
        abstract InputStream open() throws IOException;

        /** How large it is, or -1. */
        abstract long size() throws IOException;

        /** Who has signed it; only known when all of it was read. */
        abstract CodeSigner @Nullable [] signers();

        /** All of it, in one array that nothing else refers to. */
        final byte[] bytes() throws IOException {
            long size = size();
            try (InputStream in = open()) {
                if (size < 0 || size > Integer.MAX_VALUE) {
                    return in.readAllBytes();
                }
                byte[] bytes = new byte[(int) size];
                int count = in.readNBytes(bytes, 0, bytes.length);
                // the end has to be read, too: there a signature is verified
                if (count < bytes.length || in.read() >= 0) {
                    throw new IOException(url() + " changed while it was read");
                }
                return bytes;
            }
        }
    }

    private ClassPlace(Path path) throws MalformedURLException {
        url = path.toUri().toURL();
    }

    /**
     * Opens a place.
     *
     * @throws IOException when a jar is broken
     */
    static ClassPlace of(Path path) throws IOException {
        return Files.isDirectory(path) ? new Folder(path) : new Jar(path);
    }

    /** The folder or jar. */
    final URL url() {
        return url;
    }

    /**
     * What has that name; null when nothing has.
     *
     * @param name with slashes between its parts
     */
    abstract @Nullable Item find(String name) throws IOException;

    /** What it says of itself. */
    abstract @Nullable Manifest manifest() throws IOException;

    /** Whether all classes of a package have to come from here. */
    final boolean seals(String packageName) throws IOException {
        Manifest manifest = manifest();
        if (manifest == null) {
            return false;
        }
        Attributes own = manifest.getAttributes(packageName.replace('.', '/') + "/");
        String sealed = own == null ? null : own.getValue(Attributes.Name.SEALED);
        if (sealed == null) {
            sealed = manifest.getMainAttributes().getValue(Attributes.Name.SEALED);
        }
        return "true".equalsIgnoreCase(sealed);
    }

    private static final class Folder extends ClassPlace {
        private final Path folder;

        Folder(Path folder) throws MalformedURLException {
            super(folder);
            this.folder = folder.normalize();
        }

        @Override
        @Nullable Item find(String name) {
            try {
                Path file = folder.resolve(name).normalize();
                return file.startsWith(folder) && Files.exists(file) ? new FileItem(file) : null;
            } catch (InvalidPathException e) {
                return null;
            }
        }

        @Override
        @Nullable Manifest manifest() {
            return null;
        }

        @Override
        public void close() {}
    }

    private static final class FileItem extends Item {
        private final Path file;

        FileItem(Path file) {
            this.file = file;
        }

        @Override
        URL url() throws MalformedURLException {
            return file.toUri().toURL();
        }

        @Override
        InputStream open() throws IOException {
            return Files.newInputStream(file);
        }

        @Override
        long size() throws IOException {
            return Files.size(file);
        }

        @Override
        CodeSigner @Nullable [] signers() {
            return null;
        }
    }

    private static final class Jar extends ClassPlace {
        private final JarFile jar;

        Jar(Path file) throws IOException {
            super(file);
            try {
                jar = new JarFile(file.toFile(), true, ZipFile.OPEN_READ, JarFile.runtimeVersion());
            } catch (ZipException e) {
                throw new IOException(file + " is no valid jar: " + e.getMessage(), e);
            }
        }

        @Override
        @Nullable Item find(String name) {
            JarEntry entry = jar.getJarEntry(name);
            return entry == null ? null : new JarItem(this, entry);
        }

        @Override
        @Nullable Manifest manifest() throws IOException {
            return jar.getManifest();
        }

        @Override
        public void close() throws IOException {
            jar.close();
        }
    }

    private static final class JarItem extends Item {
        private final Jar place;
        private final JarEntry entry;

        JarItem(Jar place, JarEntry entry) {
            this.place = place;
            this.entry = entry;
        }

        /** Of a jar for several releases of Java: that of the entry for this one. */
        @Override
        URL url() throws IOException {
            try {
                String name = new URI(null, null, "/" + entry.getRealName(), null).getRawPath();
                return URI.create("jar:" + place.url() + "!" + name).toURL();
            } catch (URISyntaxException e) {
                throw new IOException(place.url() + " has an entry without a URL: " + entry, e);
            }
        }

        @Override
        InputStream open() throws IOException {
            return place.jar.getInputStream(entry);
        }

        @Override
        long size() {
            return entry.getSize();
        }

        @Override
        CodeSigner @Nullable [] signers() {
            return entry.getCodeSigners();
        }
    }
}
