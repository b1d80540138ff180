package dev.pounce.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

class WarUnpackerTest {
    @TempDir Path temp;

    private Path war(String... names) throws Exception {
        Path war = temp.resolve("test.war");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war))) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                if (!name.endsWith("/")) {
                    zip.write(new byte[1000]);
                }
            }
        }
        return war;
    }

    private String refusal(WarUnpacker unpacker, Path war) {
        return assertThrows(
                        DeploymentException.class,
                        () -> unpacker.unpack(war, temp.resolve("in/target")))
                .getMessage();
    }

    @Test
    void filesAndFoldersAreUnpacked() throws Exception {
        new WarUnpacker().unpack(war("empty/", "a/b/c.txt", "d.txt"), temp.resolve("target"));

        assertTrue(Files.isDirectory(temp.resolve("target/empty")));
        assertEquals(1000, Files.size(temp.resolve("target/a/b/c.txt")));
        assertEquals(1000, Files.size(temp.resolve("target/d.txt")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.txt", "a/../../evil.txt", "/evil.txt", "..\\evil.txt"})
    void anEntryThatLeadsOutOfTheFolderIsRefused(String name) throws Exception {
        String message = refusal(new WarUnpacker(), war(name));

        assertTrue(message.contains("leads out of its folder"), message);
        assertFalse(Files.exists(temp.resolve("in/evil.txt")));
    }

    @Test
    void entriesAndUnpackedBytesAreBounded() throws Exception {
        String count = refusal(new WarUnpacker(2, 1 << 20), war("a", "b", "c"));
        assertTrue(count.contains("3 entries, more than 2"), count);
        String bytes = refusal(new WarUnpacker(10, 2999), war("d", "e", "f"));
        assertTrue(bytes.contains("more than 2999 bytes"), bytes);
        new WarUnpacker(3, 3000).unpack(war("g", "h", "i"), temp.resolve("exact"));
    }

    @Test
    void whatIsNoZipFileIsRefused() throws Exception {
        Path file = Files.writeString(temp.resolve("no.war"), "no zip");

        assertTrue(refusal(new WarUnpacker(), file).contains("is no valid war file"));
    }
}
