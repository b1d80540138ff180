package dev.pounce.deploy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Unpacks a war file. An entry can only become a file below the target folder, and both the number
 * of entries and their unpacked size are bounded.
 */
final class WarUnpacker {
    private static final int MAX_ENTRIES = 100_000;
    private static final long MAX_BYTES = 4L << 30;

    private final int maxEntries;
    private final long maxBytes;

    WarUnpacker() {
        this(MAX_ENTRIES, MAX_BYTES);
    }

    /**
     * @param maxBytes of all files together, unpacked
     */
    WarUnpacker(int maxEntries, long maxBytes) {
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
    }

    /**
     * Unpacks; what it wrote before it failed is left for the caller to delete.
     *
     * @param target a folder that is empty or does not exist
     * @throws DeploymentException when the file is no zip file, an entry leads out of the folder,
     *     is there twice or is not what its checksum says, or a bound is exceeded
     * @throws IOException when reading or writing fails
     */
    void unpack(Path war, Path target) throws DeploymentException, IOException {
        Path folder = target.toAbsolutePath().normalize();
        Files.createDirectories(folder);
        try (ZipFile zip = new ZipFile(war.toFile())) {
            if (zip.size() > maxEntries) {
                throw new DeploymentException(
                        war + " has " + zip.size() + " entries, more than " + maxEntries);
            }
            long left = maxBytes;
            for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
                left -= unpack(war, zip, e.nextElement(), folder, left);
            }
        } catch (ZipException | EOFException e) {
            throw new DeploymentException(war + " is no valid war file: " + e.getMessage(), e);
        }
    }

    private long unpack(Path war, ZipFile zip, ZipEntry entry, Path folder, long left)
            throws DeploymentException, IOException {
        Path file = target(war, entry.getName(), folder);
        try {
            if (entry.isDirectory()) {
                Files.createDirectories(file);
                return 0;
            }
            Files.createDirectories(file.getParent());
            return copy(war, zip, entry, file, left);
        } catch (FileAlreadyExistsException e) {
            throw new DeploymentException(
                    war
                            + " has the entry \""
                            + shown(entry.getName())
                            + "\" twice, or as a file and as a folder",
                    e);
        } catch (ZipException | EOFException e) {
            throw new DeploymentException(
                    war
                            + " cannot be unpacked, its entry \""
                            + shown(entry.getName())
                            + "\" is broken: "
                            + e.getMessage(),
                    e);
        }
    }

    private static Path target(Path war, String name, Path folder) throws DeploymentException {
        try {
            Path file = folder.resolve(name).normalize();
            if (file.startsWith(folder) && name.indexOf('\\') < 0 && !name.startsWith("/")) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw new DeploymentException(
                    war + " has an entry that no file can have: \"" + shown(name) + "\"", e);
        }
        throw new DeploymentException(
                war + " has the entry \"" + shown(name) + "\", which leads out of its folder");
    }

    /** What is logged must not have lines that another has written. */
    private static String shown(String name) {
        StringBuilder text = new StringBuilder(name.length());
        name.chars()
                .forEach(
                        c ->
                                text.append(
                                        Character.isISOControl(c)
                                                ? "\\u%04x".formatted(c)
                                                : String.valueOf((char) c)));
        return text.toString();
    }

    /**
     * Counts what comes out: the sizes that a zip file declares need not be true. Nor need the
     * bytes be those that were packed, when the file is damaged or was written over meanwhile.
     */
    private long copy(Path war, ZipFile zip, ZipEntry entry, Path file, long left)
            throws DeploymentException, IOException {
        byte[] piece = new byte[16 << 10];
        long copied = 0;
        CRC32 checksum = new CRC32();
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                copied += count;
                if (copied > left) {
                    throw new DeploymentException(
                            war + " unpacks to more than " + maxBytes + " bytes");
                }
                checksum.update(piece, 0, count);
                out.write(piece, 0, count);
            }
        }
        if (checksum.getValue() != entry.getCrc()) {
            throw new ZipException("it is not what its checksum says");
        }
        return copied;
    }
}
