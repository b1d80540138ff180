package dev.pounce.servlet.parts;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Where the content of one part is: in memory, or in a file when it is larger than that allows. */
final class PartStore {

    /** The places in the order in which content moves. */
    private enum Place {
        MEMORY,
        /** A file of ours. */
        TEMPORARY,
        /** A file of the application's, which it had us write. */
        WRITTEN,
        DELETED
    }

    private final Path folder;
    private final int threshold;
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private Place place = Place.MEMORY;
    private @Nullable Path file;
    private long size;

    /**
     * @param folder where a file is made, if one is needed
     * @param threshold bytes that stay in memory
     */
    PartStore(Path folder, int threshold) {
        this.folder = folder;
        this.threshold = threshold;
    }

    /**
     * Stores a part's content. The file, if there is one, gets the permissions of any new file: it
     * may become the application's.
     *
     * @param maxBytes bytes that the part may have, -1 for no limit
     */
    void fill(InputStream content, long maxBytes) throws IOException {
        byte[] buffer = new byte[8192];
        OutputStream out = memory;
        try {
            int read = content.read(buffer);
            while (read >= 0) {
                size += read;
                if (maxBytes >= 0 && size > maxBytes) {
                    throw new PartLimitException(
                            "a part is longer than "
                                    + maxBytes
                                    + " bytes, the maxFileSize of the servlet's multipart"
                                    + " configuration");
                }
                if (place == Place.MEMORY && size > threshold) {
                    out = spill();
                }
                out.write(buffer, 0, read);
                read = content.read(buffer);
            }
        } finally {
            out.close();
        }
    }

    private OutputStream spill() throws IOException {
        Files.createDirectories(folder);
        Path made = folder.resolve("part-" + UUID.randomUUID() + ".tmp");
        OutputStream out =
                Files.newOutputStream(
                        made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        file = made;
        place = Place.TEMPORARY;
        memory.writeTo(out);
        memory = new ByteArrayOutputStream(0);
        return out;
    }

    /** The content's length in bytes. */
    long size() {
        return size;
    }

    InputStream open() throws IOException {
        return switch (place) {
            case MEMORY -> new ByteArrayInputStream(memory.toByteArray());
            case TEMPORARY, WRITTEN -> Files.newInputStream(file());
            case DELETED -> throw deleted();
        };
    }

    /** Writes the content to a file of the application's; a file of ours becomes that file. */
    void writeTo(Path target) throws IOException {
        if (Files.isDirectory(target)) {
            throw new IOException("a part cannot be written to " + target + ": it is a folder");
        }
        switch (place) {
            case MEMORY -> Files.write(target, memory.toByteArray());
            case TEMPORARY -> {
                Files.move(file(), target, StandardCopyOption.REPLACE_EXISTING);
                file = target;
                place = Place.WRITTEN;
            }
            case WRITTEN -> {
                if (!target.equals(file())) {
                    Files.copy(file(), target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            case DELETED -> throw deleted();
        }
    }

    /** Forgets the content; a file of the application's stays. */
    void delete() throws IOException {
        Place former = place;
        place = Place.DELETED;
        memory = new ByteArrayOutputStream(0);
        if (former == Place.TEMPORARY) {
            Files.deleteIfExists(file());
        }
    }

    private Path file() throws IOException {
        Path known = file;
        if (known == null) {
            throw new FileNotFoundException("the part has no file");
        }
        return known;
    }

    private static IOException deleted() {
        return new FileNotFoundException(
                "the part is deleted, as all are at the end of their request");
    }
}
