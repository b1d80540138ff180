package dev.pounce.testing;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Connections that ask a server again and again, half of them kept alive and half new for each
 * request, until it refuses them; counts what became of the requests.
 */
public final class LoadClient {
    private static final Pattern LENGTH = Pattern.compile("(?m)^Content-Length: (\\d+)$");

    /** What became of a request, or of the attempt to connect for one. */
    public enum Outcome {
        /** All of a 200 came. */
        WHOLE,
        /** A kept connection ended in order before any byte of the answer came. */
        KEPT_ENDED,
        /** The same on a connection without a request before. */
        NEW_ENDED,
        /** There was no connection; the client stops then. */
        REFUSED,
        /** The connection was reset; the client stops. */
        RESET,
        /** The connection ended inside an answer, or this was no answer to wait for. */
        BROKEN
    }

    private final int port;
    private final Map<Outcome, AtomicInteger> counts = new EnumMap<>(Outcome.class);
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch busy;
    private volatile boolean stopped;

    /**
     * @param busyAfter the number of whole answers that {@link #awaitBusy} waits for
     */
    public LoadClient(int port, int busyAfter) {
        this.port = port;
        this.busy = new CountDownLatch(busyAfter);
        for (Outcome each : Outcome.values()) {
            counts.put(each, new AtomicInteger());
        }
    }

    /** Starts to load the server; every path is asked for over kept and over new connections. */
    public LoadClient start(int connections, String... paths) {
        for (int i = 0; i < connections; i++) {
            String path = paths[i / 2 % paths.length];
            boolean kept = i % 2 == 0;
            threads.add(Thread.ofVirtual().start(() -> load(path, kept)));
        }
        return this;
    }

    /** Waits until the server has answered often enough; false when that takes too long. */
    public boolean awaitBusy() throws InterruptedException {
        return busy.await(30, TimeUnit.SECONDS);
    }

    /** Every connection ends with the answer that it waits for. */
    public LoadClient stop() {
        stopped = true;
        return this;
    }

    /** Waits until every connection has ended. */
    public void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** How often that was the outcome. */
    public int count(Outcome outcome) {
        return counts.get(outcome).get();
    }

    /** Why connections were reset or answers broken. */
    public List<Exception> failures() {
        return List.copyOf(failures);
    }

    @Override
    public String toString() {
        return counts.toString();
    }

    private void load(String path, boolean kept) {
        while (!stopped && connection(path, kept)) {
            continue;
        }
    }

    /** Asks over one connection until that ends; whether another one is to be tried. */
    private boolean connection(String path, boolean kept) {
        try (RawClient client = new RawClient(port)) {
            boolean first = true;
            while (request(client, path, kept, first)) {
                first = false;
            }
            return true;
        } catch (ConnectException e) {
            add(Outcome.REFUSED);
        } catch (SocketException e) {
            failures.add(e);
            add(Outcome.RESET);
        } catch (IOException e) {
            failures.add(e);
            add(Outcome.BROKEN);
        }
        return false;
    }

    /** Whether the connection can be used again. */
    private boolean request(RawClient client, String path, boolean kept, boolean first)
            throws IOException {
        client.send(
                """
                GET %s HTTP/1.1
                Host: localhost
                Accept-Encoding: gzip
                Connection: %s

                """
                        .formatted(path, kept ? "keep-alive" : "close"));
        int begin = client.in().read();
        if (begin < 0) {
            add(first ? Outcome.NEW_ENDED : Outcome.KEPT_ENDED);
            return false;
        }
        String head = (char) begin + client.readHead();
        if (!head.startsWith("HTTP/1.1 200 ")) {
            throw new IOException("not the answer that is waited for: " + head);
        }
        readContent(client, head);
        add(Outcome.WHOLE);
        busy.countDown();
        return !stopped && !head.contains("Connection: close");
    }

    private static void readContent(RawClient client, String head) throws IOException {
        Matcher length = LENGTH.matcher(head);
        if (length.find()) {
            client.readBytes(Integer.parseInt(length.group(1)));
        } else {
            while (client.readChunk().length > 0) {
                continue;
            }
        }
    }

    private void add(Outcome outcome) {
        counts.get(outcome).incrementAndGet();
    }
}
