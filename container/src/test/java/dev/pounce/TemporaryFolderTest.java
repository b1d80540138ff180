package dev.pounce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Folders for temporary files. */
class TemporaryFolderTest {

    @Test
    void eachIsNewAndItsUsersOnly() throws Exception {
        Path one = TemporaryFolder.make("pounce-test-");
        Path other = TemporaryFolder.make("pounce-test-");
        try {
            assertNotEquals(one, other);
            assertTrue(Files.isDirectory(one));
            assertEquals(
                    "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(one)));
            assertEquals(Path.of(System.getProperty("java.io.tmpdir")), one.getParent());
        } finally {
            Files.delete(one);
            Files.delete(other);
        }
    }
}
