package dev.pounce;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * Makes folders for temporary files, as {@link Files#createTempDirectory} does, but without a
 * secure random generator, which takes a start as long as a webapp: a folder is made by one call of
 * the system, and where its name is taken, by whomever, another one is tried.
 */
final class TemporaryFolder {
    private static final int ATTEMPTS = 1_000;

    private TemporaryFolder() {}

    /**
     * Makes a folder of this user's only.
     *
     * @throws IOException when there can be none
     */
    static Path make(String prefix) throws IOException {
        Path all = Path.of(System.getProperty("java.io.tmpdir"));
        SplittableRandom random = new SplittableRandom();
        FileAlreadyExistsException taken = new FileAlreadyExistsException(all.toString());
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                String name = prefix + HexFormat.of().toHexDigits(random.nextLong());
                return Files.createDirectory(all.resolve(name), ownersOnly(all));
            } catch (FileAlreadyExistsException e) {
                taken = e;
            }
        }
        throw taken;
    }

    private static FileAttribute<?>[] ownersOnly(Path folder) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
