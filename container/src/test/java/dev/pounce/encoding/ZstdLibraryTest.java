package dev.pounce.encoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.util.Native;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Each in a JVM of its own, for a library is loaded once. */
@Timeout(60)
class ZstdLibraryTest {

    /** Says what it found, twice, and encodes where it can. */
    static final class Asker {
        private Asker() {}

        public static void main(String[] args) {
            System.out.println(ZstdLibrary.isAvailable() + " " + ZstdLibrary.isAvailable());
            System.out.println(ZstdLibrary.description());
            if (ZstdLibrary.isAvailable()) {
                new ZstdContext(EncoderProfile.zstd(1, 17)).destroy();
            }
        }
    }

    @TempDir Path temp;

    private record Result(List<String> out, String err) {}

    @Test
    @EnabledOnOs(OS.LINUX)
    void theUnpackedLibraryIsLoadedAndNothingIsWritten() throws Exception {
        Path unpacked = unpack();
        Path temporary = Files.createDirectories(temp.resolve("temporary"));
        Result result =
                ask("-Dpounce.native=" + temp.resolve("native"), "-Djava.io.tmpdir=" + temporary);
        assertEquals("true true", result.out().getFirst(), result.toString());
        assertTrue(result.out().get(1).endsWith("from " + unpacked), result.toString());
        assertEquals("", result.err());
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(List.of(), left.filter(file -> file.toString().contains("zstd")).toList());
        }
    }

    @Test
    void aPlatformWithoutALibraryHasNoZstdAndThatIsSaidOnce() throws Exception {
        Result result = ask("-Dpounce.native=" + temp);
        assertEquals("false false", result.out().getFirst(), result.toString());
        assertTrue(
                result.out().get(1).startsWith("no zstd: no libzstd-jni in " + temp),
                result.toString());
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().contains("zstd is not offered"), result.err());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aLibraryThatCannotBeLoadedIsNamed() throws Exception {
        Path unpacked = unpack();
        Files.writeString(unpacked, "no library");
        Result result = ask("-Dpounce.native=" + temp.resolve("native"));
        assertEquals("false false", result.out().getFirst(), result.toString());
        List<String> said = result.err().lines().filter(line -> line.contains("offered")).toList();
        assertEquals(1, said.size(), result.err());
        assertTrue(said.getFirst().contains(unpacked.toString()), result.err());
    }

    @Test
    void platformsHaveTheNamesOfTheJar() {
        assertEquals("linux/amd64", ZstdLibrary.platform("Linux", "amd64"));
        assertEquals("darwin/aarch64", ZstdLibrary.platform("Mac OS X", "aarch64"));
        assertEquals("darwin/x86_64", ZstdLibrary.platform("Mac OS X", "x86_64"));
        assertEquals("win/amd64", ZstdLibrary.platform("Windows 11", "amd64"));
    }

    private Path unpack() throws IOException {
        String platform =
                ZstdLibrary.platform(System.getProperty("os.name"), System.getProperty("os.arch"));
        Path folder = Files.createDirectories(temp.resolve("native").resolve(platform));
        Path jar =
                Stream.of(System.getProperty("java.class.path").split(":"))
                        .map(Path::of)
                        .filter(file -> file.getFileName().toString().startsWith("zstd-jni-"))
                        .findFirst()
                        .orElseThrow();
        String name = "lib" + jar.getFileName().toString().replace(".jar", ".so");
        try (InputStream in = Native.class.getResourceAsStream("/" + platform + "/" + name)) {
            Files.copy(in, folder.resolve(name));
        }
        return folder.resolve(name);
    }

    private static Result ask(String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Asker.class.getName());
        Process process = new ProcessBuilder(command).start();
        List<String> out = process.inputReader().lines().toList();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), err);
        return new Result(out, err);
    }
}
