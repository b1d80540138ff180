package dev.pounce.files;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * A file as it was at one moment.
 *
 * @param path by which it was found, relative to the context path
 * @param real where it is, no link
 * @param attributes what it was
 */
record FoundFile(String path, Path real, BasicFileAttributes attributes) {

    /** The file of a path, or null when it is no regular one any more. */
    static @Nullable FoundFile of(String path, Path real) {
        try {
            BasicFileAttributes attributes = attributes(real);
            return attributes.isRegularFile() ? new FoundFile(path, real, attributes) : null;
        } catch (IOException e) {
            return null;
        }
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

    private boolean isSame(BasicFileAttributes other) {
        return Objects.equals(other.fileKey(), attributes.fileKey());
    }
}
