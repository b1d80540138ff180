package dev.pounce.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pounce.testing.FileSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Files as curl gets them. */
class CurlTest {
    private static final String TEXT = "the quick brown fox\n".repeat(1000);
    private static final byte[] BIG = FileSite.noise(1_000_000);

    @TempDir Path folder;
    @TempDir Path output;
    private FileSite site;

    @BeforeEach
    void start() throws Exception {
        boolean found =
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(each -> Files.isExecutable(Path.of(each, "curl")));
        assumeTrue(found, "curl is not installed");
        site =
                new FileSite(
                        folder,
                        files -> {
                            files.file("text.txt", TEXT);
                            files.file("big.bin", BIG);
                            files.file("style.css", "p{}");
                            files.file("style.css.gz", FileSite.gzip("p{}/* by gzip */"));
                        });
    }

    @AfterEach
    void stop() throws Exception {
        if (site != null) {
            site.close();
        }
    }

    private byte[] curl(String target, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--fail", "-m", "20"));
        command.addAll(List.of(options));
        command.add("http://127.0.0.1:" + site.server().port() + "/s" + target);
        Process curl =
                new ProcessBuilder(command)
                        .redirectError(output.resolve("errors").toFile())
                        .start();
        byte[] bytes = curl.getInputStream().readAllBytes();
        assertEquals(0, curl.waitFor(), Files.readString(output.resolve("errors")));
        return bytes;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void compressedContentIsDecoded() throws Exception {
        assertEquals(TEXT, text(curl("/text.txt", "--compressed")));
        assertEquals("p{}/* by gzip */", text(curl("/style.css", "--compressed")));
        assertEquals("p{}", text(curl("/style.css")));
        String head = text(curl("/text.txt", "--compressed", "-I"));
        assertTrue(head.contains("\r\nContent-Encoding: "), head);
    }

    @Test
    void rangesArePartsOfTheFile() throws Exception {
        byte[] part = curl("/big.bin", "--range", "100-199999");
        assertArrayEquals(Arrays.copyOfRange(BIG, 100, 200_000), part);
        assertEquals(TEXT.substring(5, 16), text(curl("/text.txt", "--range", "5-15")));
        assertEquals(
                TEXT.substring(5, 16), text(curl("/text.txt", "--compressed", "--range", "5-15")));
        String parts = text(curl("/text.txt", "--range", "0-2,1000-1002"));
        assertTrue(parts.contains("Content-Range: bytes 1000-1002/20000\r\n\r\nthe"), parts);
    }

    @Test
    void anInterruptedDownloadIsContinued() throws Exception {
        Path file = output.resolve("big.bin");
        Files.write(file, Arrays.copyOf(BIG, 300_000));
        curl("/big.bin", "-C", "-", "-o", file.toString());
        assertArrayEquals(BIG, Files.readAllBytes(file));
    }

    @Test
    void aFileThatIsUpToDateIsNotSentAgain() throws Exception {
        Path tag = output.resolve("tag");
        curl("/big.bin", "--etag-save", tag.toString());
        String answer = text(curl("/big.bin", "-i", "--etag-compare", tag.toString()));
        assertTrue(answer.startsWith("HTTP/1.1 304 "), answer);
        Path file = Files.write(output.resolve("copy"), new byte[1]);
        String since = text(curl("/big.bin", "-i", "-z", file.toString()));
        assertTrue(since.startsWith("HTTP/1.1 304 "), since);
    }

    @Test
    void http10IsServed() throws Exception {
        assertArrayEquals(BIG, curl("/big.bin", "--http1.0"));
    }
}
