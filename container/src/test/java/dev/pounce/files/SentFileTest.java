package dev.pounce.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.testing.FileSite;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** How a file's bytes get to a client, whatever the client or the file does meanwhile. */
public class SentFileTest {
    private static final int BIG = 2_000_000;
    private static final long HUGE = 256L << 20;

    @TempDir Path folder;
    private FileSite site;

    @BeforeEach
    void start() throws Exception {
        site =
                new FileSite(
                        folder,
                        files -> {
                            files.file("big.bin", FileSite.noise(BIG));
                            files.file("small.bin", FileSite.noise(20_000));
                            huge("huge.bin");
                            huge("huge.txt");
                            prepare(files);
                        },
                        // only who has to wait loses the lead, however busy the machine is
                        "take_over.after",
                        "1m");
    }

    /** A file without blocks, so that it costs no disk. */
    private void huge(String name) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            file.setLength(HUGE);
        }
    }

    /** Makes the webapp into one that is served another way. */
    protected void prepare(FileSite files) throws Exception {}

    @AfterEach
    void stop() throws Exception {
        site.close();
    }

    @Test
    void aConnectionServesFilesOneAfterTheOther() throws Exception {
        try (RawClient client = site.connect()) {
            String requests =
                    """
                    GET /s/big.bin HTTP/1.1
                    Host: h

                    HEAD /s/big.bin HTTP/1.1
                    Host: h

                    GET /s/small.bin HTTP/1.1
                    Host: h

                    """;
            client.send(requests);
            assertTrue(client.readHead().contains("\nContent-Length: " + BIG + "\n"));
            assertArrayEquals(FileSite.noise(BIG), client.readBytes(BIG));
            assertTrue(client.readHead().contains("\nContent-Length: " + BIG + "\n"));
            assertTrue(client.readHead().contains("\nContent-Length: 20000\n"));
            assertArrayEquals(FileSite.noise(20_000), client.readBytes(20_000));
        }
    }

    @Test
    void http10HasTheLengthToo() throws Exception {
        try (RawClient client = site.connect()) {
            client.send("GET /s/big.bin HTTP/1.0\n\n");
            String head = client.readHead();
            assertTrue(head.contains("\nContent-Length: " + BIG + "\n"), head);
            assertTrue(head.contains("\nConnection: close\n"), head);
            assertArrayEquals(FileSite.noise(BIG), client.in().readAllBytes());
        }
    }

    /** More than the socket's buffers hold: it takes the file in many parts. */
    @Test
    void aSlowClientGetsEveryByte() throws Exception {
        byte[] expected = FileSite.noise(16 << 20);
        site.file("noise.bin", expected);
        try (RawClient client = site.connect()) {
            client.socket().setOption(StandardSocketOptions.SO_RCVBUF, 256 << 10);
            client.sendExactly(FileSite.request("GET", "/noise.bin"));
            client.readHead();
            for (int at = 0; at < expected.length; at += 1024) {
                byte[] piece = client.readBytes(1024);
                if (!Arrays.equals(piece, 0, 1024, expected, at, at + 1024)) {
                    throw new AssertionError("other bytes than the file has at " + at);
                }
            }
            assertEquals(-1, client.in().read());
        }
    }

    @Test
    void aFileThatBecomesShorterEndsInAReset() throws Exception {
        for (String target : List.of("/huge.bin", "/huge.txt")) {
            try (RawClient client = site.connect()) {
                client.sendExactly(FileSite.request("GET", target, "Range: bytes=0-" + (HUGE - 1)));
                assertTrue(client.readHead().contains("\nContent-Length: " + HUGE + "\n"));
                client.readBytes(1000);
                truncate(target);
                assertThrows(SocketException.class, () -> client.in().skipNBytes(HUGE - 1000));
            }
        }
    }

    @Test
    void aFileThatBecomesShorterWhileItIsEncodedEndsInAReset() throws Exception {
        site.file("noise.txt", FileSite.noise(64 << 20));
        try (RawClient client = site.connect()) {
            client.sendExactly(FileSite.request("GET", "/noise.txt", "Accept-Encoding: gzip"));
            assertTrue(client.readHead().contains("\nTransfer-Encoding: chunked\n"));
            client.readBytes(1000);
            truncate("/noise.txt");
            assertThrows(SocketException.class, () -> client.in().skipNBytes(60 << 20));
        }
    }

    /** From the second time on the file is open, and what the socket does not take is kept. */
    @Test
    void aSlowClientGetsEveryByteOfAFileThatIsAskedForAgainAndAgain() throws Exception {
        byte[] expected = FileSite.noise(16 << 20);
        site.file("noise.bin", expected);
        for (int i = 0; i < 3; i++) {
            try (RawClient client = site.connect()) {
                client.socket().setOption(StandardSocketOptions.SO_RCVBUF, 64 << 10);
                client.send(
                        """
                        GET /s/noise.bin HTTP/1.1
                        Host: h

                        GET /s/small.bin HTTP/1.1
                        Host: h

                        """);
                client.readHead();
                assertArrayEquals(expected, client.readBytes(expected.length));
                client.readHead();
                assertArrayEquals(FileSite.noise(20_000), client.readBytes(20_000));
                client.sendExactly(FileSite.request("GET", "/noise.bin", "Range: bytes=7-9999999"));
                client.readHead();
                assertArrayEquals(
                        Arrays.copyOfRange(expected, 7, 10_000_000), client.readBytes(9_999_993));
                assertEquals(-1, client.in().read());
            }
        }
    }

    @Test
    void pipelinedRequestsForAnOpenFileAreAnsweredInTheirOrder() throws Exception {
        byte[] expected = FileSite.noise(BIG);
        for (int round = 0; round < 2; round++) {
            try (RawClient client = site.connect()) {
                client.send(
                        """
                        GET /s/small.bin HTTP/1.1
                        Host: h

                        GET /s/big.bin HTTP/1.1
                        Host: h

                        GET /s/big.bin HTTP/1.1
                        Host: h
                        Range: bytes=1000000-

                        GET /s/small.bin HTTP/1.1
                        Host: h

                        GET /s/big.bin HTTP/1.1
                        Host: h
                        Connection: close

                        """);
                client.readHead();
                assertArrayEquals(FileSite.noise(20_000), client.readBytes(20_000));
                client.readHead();
                assertArrayEquals(expected, client.readBytes(BIG));
                client.readHead();
                assertArrayEquals(
                        Arrays.copyOfRange(expected, 1_000_000, BIG),
                        client.readBytes(BIG - 1_000_000));
                client.readHead();
                assertArrayEquals(FileSite.noise(20_000), client.readBytes(20_000));
                client.readHead();
                assertArrayEquals(expected, client.in().readAllBytes());
            }
        }
    }

    @Test
    void anOpenFileThatBecomesShorterEndsInAReset() throws Exception {
        int size = 16 << 20;
        site.file("noise.bin", FileSite.noise(size));
        site.get("/noise.bin");
        try (RawClient client = site.connect()) {
            client.socket().setOption(StandardSocketOptions.SO_RCVBUF, 64 << 10);
            client.sendExactly(FileSite.request("GET", "/noise.bin"));
            assertTrue(client.readHead().contains("\nContent-Length: " + size + "\n"));
            client.readBytes(1000);
            truncate("/noise.bin");
            assertThrows(SocketException.class, () -> client.in().skipNBytes(size - 1000));
        }
    }

    /** The request is over before the client has all; the file is closed when it has. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void anOpenFileIsSentToItsEndThoughTheWebAppIsUndeployed() throws Exception {
        byte[] expected = FileSite.noise(16 << 20);
        site.file("noise.bin", expected);
        site.get("/noise.bin");
        assertEquals(1, openFiles("noise.bin"));
        try (RawClient client = site.connect()) {
            client.socket().setOption(StandardSocketOptions.SO_RCVBUF, 64 << 10);
            client.sendExactly(FileSite.request("GET", "/noise.bin"));
            client.readHead();
            site.server().undeploy("/s");
            assertEquals(1, openFiles("noise.bin"));
            assertArrayEquals(expected, client.readBytes(expected.length));
            assertEquals(-1, client.in().read());
        }
        awaitClosed("noise.bin");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void ofAClientThatVanishesFromAnOpenFileNothingIsLeft() throws Exception {
        site.file("noise.bin", FileSite.noise(16 << 20));
        site.get("/noise.bin");
        try (RawClient client = site.connect()) {
            client.socket().setOption(StandardSocketOptions.SO_RCVBUF, 64 << 10);
            client.sendExactly(FileSite.request("GET", "/noise.bin"));
            client.readHead();
            site.server().undeploy("/s");
            client.socket().setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        awaitClosed("noise.bin");
    }

    private void awaitClosed(String name) throws Exception {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (openFiles(name) > 0) {
            assertTrue(System.nanoTime() < until, name + " is still open");
            Thread.onSpinWait();
        }
    }

    private void truncate(String target) throws IOException {
        Path file = site.root().resolve(target.substring(1));
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(100_000);
        }
    }

    @Test
    void aFileThatGrowsIsSentAsItWas() throws Exception {
        try (RawClient client = site.connect()) {
            client.sendExactly(FileSite.request("GET", "/huge.bin"));
            assertTrue(client.readHead().contains("\nContent-Length: " + HUGE + "\n"));
            Files.write(
                    site.root().resolve("huge.bin"),
                    new byte[1000],
                    java.nio.file.StandardOpenOption.APPEND);
            client.in().skipNBytes(HUGE);
            assertEquals(-1, client.in().read());
        }
    }

    /** Undeploying waits for the request's end, so no file is open any more. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void ofAClientThatVanishesNothingIsLeft() throws Exception {
        try (RawClient client = site.connect()) {
            client.sendExactly(FileSite.request("GET", "/huge.bin"));
            client.readBytes(100_000);
            assertEquals(1, openFiles("huge.bin"));
            client.socket().setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        site.server().undeploy("/s");
        assertEquals(0, openFiles("huge.bin"));
    }

    private long openFiles(String name) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(each -> leadsTo(each, site.root().resolve(name))).count();
        }
    }

    private static boolean leadsTo(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file);
        } catch (IOException e) {
            return false;
        }
    }
}
