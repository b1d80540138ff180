package dev.pounce.files;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * A file or folder as it was at one moment.
 *
 * @param path by which it was found, relative to the context path
 * @param real where it is, no link
 * @param attributes what it was
 */
record FoundFile(String path, Path real, BasicFileAttributes attributes) {

    /** What is at a real path, or null when nothing is any more. */
    static @Nullable FoundFile of(String path, Path real) {
        try {
            return new FoundFile(path, real, attributes(real));
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * The file in the same folder whose name has an extension more, or null when there is none; a
     * link is none. What is closed for this file's path is closed for that one's.
     */
    @Nullable FoundFile beside(String extension) {
        Path beside = real.resolveSibling(real.getFileName() + extension);
        if (!Files.isRegularFile(beside, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        FoundFile found = of(path + extension, beside);
        return found != null && found.isRegular() ? found : null;
    }

    boolean isRegular() {
        return attributes.isRegularFile();
    }

    boolean isFolder() {
        return attributes.isDirectory();
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    long size() {
        return attributes.size();
    }

    long modifiedMillis() {
        return attributes.lastModifiedTime().toMillis();
    }

    /** Whether another look finds the same file, unchanged as far as one can see. */
    boolean isUnchanged() throws IOException {
        BasicFileAttributes now = attributes(real);
        return isSame(now)
                && now.size() == attributes.size()
                && now.lastModifiedTime().equals(attributes.lastModifiedTime());
    }

    /** Whether nobody has put another file into its place. */
    boolean isInPlace() throws IOException {
        return isSame(attributes(real));
    }

    /** Whether another look has found the same file, unchanged as far as one can see. */
    boolean isSame(FoundFile other) {
        return isSame(other.attributes)
                && other.size() == size()
                && other.attributes.lastModifiedTime().equals(attributes.lastModifiedTime());
    }

    private boolean isSame(BasicFileAttributes other) {
        return Objects.equals(other.fileKey(), attributes.fileKey());
    }
}
