package dev.pounce.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pounce.bench.app.Work;
import dev.pounce.bench.peer.ModuleFiles;
import dev.pounce.bench.peer.Peer;
import dev.pounce.bench.peer.Purpose;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Measures what a server keeps for a connection that was used once and is kept alive. Servers are
 * started one after the other, and let connections be idle for as long as this takes.
 */
final class IdleConnections {

    private static final int COUNT = 10_000;
    private static final int WARMUP_SECONDS = 2;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final List<String> HEADINGS =
            List.of("server", "bytes of objects", "resident bytes");

    private final ModuleFiles files;
    private final Wrk client;
    private final PrintStream progress;

    IdleConnections(ModuleFiles files, Wrk client, PrintStream progress) {
        this.files = files;
        this.client = client;
        this.progress = progress;
    }

    /** Measures; the table. */
    String run(List<Peer> peers) throws InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (Peer peer : peers) {
            try (ServerProcess server = ServerProcess.start(peer, files.output(), Purpose.IDLE)) {
                rows.add(measure(server));
                progress.println("idle  " + String.join("  ", rows.getLast()));
            }
        }
        return "**idle**, connections: " + COUNT + ", for each\n\n" + MarkdownTable.of(rows);
    }

    private List<String> measure(ServerProcess server) throws InterruptedException {
        client.run(server.port(), Scenario.CONNECTIONS_256, WARMUP_SECONDS);
        OptionalLong objects = ProcessMemory.liveObjects(server.pid());
        long resident = ProcessMemory.resident(server.pid());
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < COUNT; i++) {
                open.add(askOnce(server));
            }
            OptionalLong objectsThen = ProcessMemory.liveObjects(server.pid());
            long residentThen = ProcessMemory.resident(server.pid());
            for (Socket socket : List.of(open.getFirst(), open.getLast())) {
                ask(server, socket);
            }
            String each =
                    objects.isPresent() && objectsThen.isPresent()
                            ? perConnection(objectsThen.getAsLong() - objects.getAsLong())
                            : "-";
            return List.of(server.description(), each, perConnection(residentThen - resident));
        } finally {
            for (Socket socket : open) {
                close(socket);
            }
        }
    }

    private static Socket askOnce(ServerProcess server) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            ask(server, socket);
            return socket;
        } catch (IOException e) {
            throw new BenchmarkException(
                    "No further connection to " + server.name() + ": " + e.getMessage(), e);
        }
    }

    private static void ask(ServerProcess server, Socket socket) {
        String request =
                "GET "
                        + Work.HELLO.target()
                        + " HTTP/1.1\r\nHost: 127.0.0.1:"
                        + server.port()
                        + "\r\n\r\n";
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            String status = HttpAnswer.read(socket.getInputStream()).status();
            if (!status.startsWith("HTTP/1.1 200")) {
                throw new IOException(status);
            }
        } catch (IOException e) {
            throw new BenchmarkException(
                    server.name() + " did not keep a connection: " + e.getMessage(), e);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed then.
        }
    }

    private static String perConnection(long bytes) {
        return String.format(Locale.ROOT, "%,d", bytes / COUNT);
    }
}
