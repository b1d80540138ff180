package dev.pounce.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pounce.bench.app.SessionServlet;
import dev.pounce.bench.app.Work;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sessions of a server, whose counters tell whether each request of a round was counted. */
final class Sessions {

    private static final int COUNT = 64;
    private static final int TIMEOUT_MILLIS = 10_000;

    private final String server;
    private final int port;
    private final List<String> cookies;

    private Sessions(String server, int port, List<String> cookies) {
        this.server = server;
        this.port = port;
        this.cookies = cookies;
    }

    /** Opens sessions, each with a cookie of its own. */
    static Sessions open(String server, int port) {
        List<String> cookies = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            String cookie = ask(server, port, "").field("set-cookie").split(";", 2)[0];
            if (cookie.isEmpty() || cookies.contains(cookie)) {
                throw new BenchmarkException(server + " gave the cookie '" + cookie + "'");
            }
            cookies.add(cookie);
        }
        return new Sessions(server, port, cookies);
    }

    /** Writes the cookies for the client, a line each. */
    void write(Path file) throws IOException {
        Files.write(file, cookies);
    }

    /** The requests that were counted in all sessions; this asks once in each. */
    long total() {
        long total = 0;
        for (String cookie : cookies) {
            String count = ask(server, port, "Cookie: " + cookie + "\r\n").text();
            total += Long.parseLong(count) - SessionServlet.FIRST;
        }
        return total;
    }

    /**
     * Makes sure that the requests of a round were counted.
     *
     * @param before the total before the round
     * @param responses the answers that the client got
     * @param underWay how many answers the client may not have waited for
     */
    void require(long before, long responses, int underWay) {
        long counted = total() - before - COUNT;
        if (counted < responses || counted > responses + underWay) {
            throw new BenchmarkException(
                    String.format(
                            "%s counted %d requests in its sessions and answered %d",
                            server, counted, responses));
        }
    }

    private static HttpAnswer ask(String server, int port, String fields) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            String request =
                    "GET "
                            + Work.SESSION.target()
                            + " HTTP/1.1\r\nHost: 127.0.0.1:"
                            + port
                            + "\r\n"
                            + fields
                            + "\r\n";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            return HttpAnswer.read(in);
        } catch (IOException e) {
            throw new BenchmarkException(
                    server + " failed a request for a session: " + e.getMessage(), e);
        }
    }
}
