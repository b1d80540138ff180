package dev.pounce.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pounce.bench.app.Burn;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Connections that ask for nothing but slow answers, one after the other. */
final class Neighbours {

    /** Longer than a server needs that answers them after all others. */
    private static final int TIMEOUT_MILLIS = 60_000;

    private final String server;
    private final int port;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong answers = new AtomicLong();
    private volatile boolean stopped;
    private volatile @Nullable BenchmarkException failure;

    private Neighbours(String server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Begins to ask. */
    static Neighbours start(String server, int port, int connections) {
        Neighbours neighbours = new Neighbours(server, port);
        for (int i = 0; i < connections; i++) {
            neighbours.threads.add(Thread.ofPlatform().start(neighbours::ask));
        }
        return neighbours;
    }

    /**
     * Checks one slow answer.
     *
     * @throws BenchmarkException saying what is wrong
     */
    static void check(String server, int port) throws InterruptedException {
        Neighbours one = new Neighbours(server, port);
        one.stopped = true;
        one.ask();
        one.stop();
    }

    /**
     * Waits for the answers under way.
     *
     * @return how many were given in all
     * @throws BenchmarkException when one was wrong or missing
     */
    long stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
        BenchmarkException cause = failure;
        if (cause != null) {
            throw cause;
        }
        return answers.get();
    }

    private void ask() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            byte[] request =
                    ("GET /burn HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")
                            .getBytes(US_ASCII);
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            do {
                socket.getOutputStream().write(request);
                readAnswer(reader);
                answers.incrementAndGet();
            } while (!stopped);
        } catch (IOException e) {
            failure =
                    new BenchmarkException(server + " failed a slow request: " + e.getMessage(), e);
        }
    }

    private static void readAnswer(BufferedReader reader) throws IOException {
        String status = reader.readLine();
        if (status == null || !status.startsWith("HTTP/1.1 200")) {
            throw new IOException("status line " + status);
        }
        String line = status;
        while (line != null && !line.isEmpty()) {
            line = reader.readLine();
        }
        String body = reader.readLine();
        if (!Burn.ANSWER.strip().equals(body)) {
            throw new IOException("the body '" + body + "'");
        }
    }
}
