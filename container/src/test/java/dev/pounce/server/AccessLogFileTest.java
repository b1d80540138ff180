package dev.pounce.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pounce.config.ServerConfig;
import dev.pounce.observe.MetricsSnapshot;
import dev.pounce.route.FusedRoute;
import dev.pounce.testing.CapturedLog;
import dev.pounce.testing.RawClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The file of the access log: when lines get there, and what happens when they cannot. */
@Timeout(60)
class AccessLogFileTest {

    @TempDir Path folder;

    private ObservedServer start(Path file, String... settings) throws IOException {
        ObservedServer server =
                ObservedServer.logging(
                        file,
                        config -> {
                            ServerConfig changed = config.with("access_log.format", "json");
                            for (int i = 0; i < settings.length; i += 2) {
                                changed = changed.with(settings[i], settings[i + 1]);
                            }
                            return changed;
                        });
        return server.fused(FusedRoute.text("/{number}", request -> "ok"));
    }

    private static void request(RawClient client, String path) throws IOException {
        client.send("GET " + path + " HTTP/1.1\nHost: localhost\n\n");
        client.readHead();
        client.read(2);
    }

    /** Sends requests one after the other; their lines are written when this returns. */
    private static void requests(ObservedServer server, String... paths) throws Exception {
        try (RawClient client = server.connect()) {
            for (String path : paths) {
                request(client, path);
            }
        }
        server.server().observer().flushLogs();
    }

    private static String paths(Path file) throws IOException {
        return Files.readString(file).replaceAll("(?m)^\\{.*\"path\":\"(.*?)\".*}$", "$1");
    }

    @Test
    void theFolderIsMadeAndAFileThatIsThereIsContinued() throws Exception {
        Path file = folder.resolve("a/b/access.log");
        try (ObservedServer server = start(file)) {
            requests(server, "/1");
        }
        try (ObservedServer server = start(file, "access_log.daily", "false")) {
            requests(server, "/2");
        }
        assertEquals("/1\n/2\n", paths(file));
    }

    @Test
    void aFileThatIsFullIsPutAsideAndOldOnesAreDeleted() throws Exception {
        Path file = folder.resolve("access.log");
        Path tooOld = Files.writeString(folder.resolve("access.log.3"), "older\n");
        try (ObservedServer server =
                start(file, "access_log.max_size", "500", "access_log.keep", "2")) {
            // a line has some 215 bytes
            requests(server, "/1", "/2", "/3", "/4", "/5", "/6", "/7");
        }
        assertEquals("/7\n", paths(file));
        assertEquals("/5\n/6\n", paths(folder.resolve("access.log.1")));
        assertEquals("/3\n/4\n", paths(folder.resolve("access.log.2")));
        assertFalse(Files.exists(tooOld));
    }

    @Test
    void aLineThatIsLargerThanAFileMayBeHasOneOfItsOwn() throws Exception {
        Path file = folder.resolve("access.log");
        try (ObservedServer server = start(file, "access_log.max_size", "1")) {
            requests(server, "/1", "/2");
        }
        assertEquals("/2\n", paths(file));
        assertEquals("/1\n", paths(folder.resolve("access.log.1")));
    }

    @Test
    void aNewDayBeginsANewFile() throws Exception {
        Path file = folder.resolve("access.log");
        try (ObservedServer server = start(file)) {
            requests(server, "/1");
            // 15:05 in the server's zone
            server.pass(Duration.ofHours(8));
            requests(server, "/2");
            server.pass(Duration.ofHours(1));
            requests(server, "/3");
        }
        assertEquals("/3\n", paths(file));
        assertEquals("/1\n/2\n", paths(folder.resolve("access.log.1")));
    }

    @Test
    void aFileThatSomebodyMovesIsWrittenUntilItIsReopened() throws Exception {
        Path file = folder.resolve("access.log");
        Path moved = folder.resolve("moved");
        try (ObservedServer server = start(file)) {
            requests(server, "/1");
            Files.move(file, moved);
            requests(server, "/2");
            server.server().observer().reopenLogs();
            requests(server, "/3");
        }
        assertEquals("/1\n/2\n", paths(moved));
        assertEquals("/3\n", paths(file));
    }

    @Test
    void aFileThatCannotBeWrittenDoesNoHarmAndIsTriedAgain() throws Exception {
        Path parent = Files.writeString(folder.resolve("logs"), "in the way");
        Path file = parent.resolve("access.log");
        try (CapturedLog log = new CapturedLog();
                ObservedServer server = start(file)) {
            requests(server, "/1", "/2");
            assertEquals(2, server.server().metrics().snapshot().logLinesLost());
            Files.delete(parent);
            requests(server, "/3");
            assertFalse(Files.exists(file), "tried again at once");
            server.pass(Duration.ofSeconds(10));
            requests(server, "/4");
            MetricsSnapshot metrics = server.server().metrics().snapshot();
            assertEquals(3, metrics.logLinesLost());
            assertEquals(1, metrics.logLinesWritten());
            assertEquals(
                    List.of(
                            "ERROR dev.pounce.observe.AccessLog - the access log "
                                    + file
                                    + " cannot be written, lines are lost until it can:"
                                    + " java.nio.file.FileAlreadyExistsException: "
                                    + parent,
                            "WARN dev.pounce.observe.AccessLog - the access log "
                                    + file
                                    + " is written again; 3 lines were lost"),
                    log.lines("the access log"));
        }
        assertEquals("/4\n", paths(file));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskDoesNoHarm() throws Exception {
        try (ObservedServer server = start(Path.of("/dev/full"), "access_log.max_size", "1")) {
            requests(server, "/1");
            requests(server, "/2");
            assertEquals(2, server.server().metrics().snapshot().logLinesLost());
        }
        assertTrue(Files.exists(Path.of("/dev/full")), "a device is not put aside");
    }

    /** A pipe that nobody reads is a disk that hangs. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void noRequestWaitsForADiskThatHangsAndWhatDoesNotFitIsCounted() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(
                0, new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor());
        int count = 1500;
        List<String> written = new ArrayList<>();
        Thread reader = new Thread(() -> readAll(pipe, written));
        long dropped;
        CapturedLog log = new CapturedLog();
        try (log;
                ObservedServer server = start(pipe, "access_log.queue", "64KiB")) {
            try (RawClient client = server.connect()) {
                for (int i = 0; i < count; i++) {
                    request(client, "/" + i);
                }
            }
            dropped = server.server().metrics().snapshot().logLinesDropped();
            assertTrue(dropped > 0 && dropped < count, dropped + " dropped");
            reader.start();
        }
        reader.join();
        assertEquals(
                List.of(
                        "WARN dev.pounce.observe.AccessLog - "
                                + dropped
                                + " lines did not fit into the access log's queue and were dropped,"
                                + " "
                                + dropped
                                + " in all; access_log.queue makes it larger"),
                log.lines("did not fit"));
        assertEquals(count - dropped, written.size());
        for (int i = 0; i < written.size(); i++) {
            assertTrue(written.get(i).matches("\\{.*\"path\":\"/" + i + "\".*}"), written.get(i));
        }
    }

    private static void readAll(Path pipe, List<String> lines) {
        try {
            lines.addAll(Files.readAllLines(pipe));
        } catch (IOException e) {
            lines.add(e.toString());
        }
    }

    @Test
    void linesOfManyThreadsAreAllThereAndNoneIsTorn() throws Exception {
        Path file = folder.resolve("access.log");
        int threads = 8;
        int each = 500;
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        try (ObservedServer server = start(file, "workers", "4")) {
            server.handler("/virtual/*", exchange -> exchange.response().finish(new byte[2]));
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                String path = (i % 2 == 0 ? "/virtual/" : "/") + i + "-";
                clients.add(Thread.ofPlatform().start(() -> load(server, path, each, failures)));
            }
            for (Thread client : clients) {
                client.join();
            }
        }
        assertEquals(List.of(), List.copyOf(failures));
        Set<String> paths = new TreeSet<>();
        for (String line : Files.readAllLines(file)) {
            assertTrue(
                    line.matches(
                            "\\{\"ts\":\"2026-11-25T[^\"]*\",\"level\":\"info\",\"method\":\"GET\","
                                    + "\"path\":\"[^\"]*\",\"protocol\":\"HTTP/1\\.1\","
                                    + "\"status\":200,\"bytes\":2,\"duration_ms\":\\d+\\.\\d{3},"
                                    + "\"client\":\"127\\.0\\.0\\.1\",\"req_id\":\"[^\"]+\","
                                    + "\"worker\":[0-3](,\"route\":\"/\\{number}\")?}"),
                    line);
            assertTrue(paths.add(line.replaceAll(".*\"path\":\"(.*?)\".*", "$1")), line);
        }
        assertEquals(threads * each, paths.size());
    }

    private static void load(
            ObservedServer server, String path, int count, ConcurrentLinkedQueue<Throwable> to) {
        try (RawClient client = server.connect()) {
            for (int i = 0; i < count; i++) {
                request(client, path + i);
            }
        } catch (IOException e) {
            to.add(e);
        }
    }

    @Test
    void aLoggedRequestAllocatesNoMoreOnTheWorkerThanAnyOther() throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] request =
                """
                GET /hello HTTP/1.1
                Host: localhost
                Referer: http://localhost/
                User-Agent: test
                Accept: */*

                """
                        .replace("\n", "\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
        byte[] content = "Hello, World!".getBytes(StandardCharsets.US_ASCII);
        try (ObservedServer server =
                        start(folder.resolve("access.log"))
                                .fused(FusedRoute.bytes("/hello", any -> content));
                RawClient client = server.connect()) {
            long worker = server.server().workerThreadIds().get(0);
            client.sendBytes(request);
            int answer =
                    client.readHead().length()
                            + 5
                            + "Date: Mon, 23 Nov 2026 00:00:00 GMT\r\n".length();
            client.readBytes(content.length);
            answer += content.length - 1;
            long least = Long.MAX_VALUE;
            int count = 2_000;
            for (int round = 0; round < 5; round++) {
                long before = threads.getThreadAllocatedBytes(worker);
                for (int i = 0; i < count; i++) {
                    client.sendBytes(request);
                    client.readBytes(answer);
                }
                least = Math.min(least, (threads.getThreadAllocatedBytes(worker) - before) / count);
            }
            System.out.println("logged fused request: " + least + " bytes");
            assertTrue(least < 64, least + " bytes a request");
            assertEquals(0, server.server().metrics().snapshot().logLinesDropped());
        }
    }
}
